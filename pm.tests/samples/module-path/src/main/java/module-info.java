/** A program that uses pm. It requires the API only: core and backend are found as services. */
module sample.program {
    requires pm.api;
}
