/** The contracts of pm: what callers use ({@link pm.api}) and what backends and the core implement ({@link pm.spi}). */
module pm.api {
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports pm.api;
    exports pm.spi;

    uses pm.spi.ManagerProvider;
}
