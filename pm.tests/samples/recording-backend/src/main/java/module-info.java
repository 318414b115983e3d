/** A backend that records what another one does. */
module sample.recording {
    requires pm.api;
    requires static org.osgi.service.component.annotations;

    uses pm.spi.BackendProvider;

    provides pm.spi.BackendProvider with
            sample.recording.RecordingBackendProvider;
}
