/// A backend that may be used if it proves true.
struct BackendCandidate {
    let name: String
    /// What the vectors' cosine to the reference's must reach on every probe.
    let leastCosine: Float
    /// nil when it cannot run this model.
    let make: () -> (any EncoderBackend)?
}
