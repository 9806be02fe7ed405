extension ProviderFailure {
    /// What says more to the client of two failures: the later one, unless it only says that one target was not the
    /// right one, and the request may still have its answer from the other.
    package static func telling(_ earlier: ProviderFailure?, _ later: ProviderFailure) -> ProviderFailure {
        guard let earlier, earlier.hope > later.hope else { return later }
        return earlier
    }

    /// How much speaks for that the same request succeeds at another time.
    private var hope: Int {
        switch kind {
        // That one target does not know its model is the operator's mistake.
        case .modelNotFound: 0
        case .unsupported: 1
        // Of one model's memory, and one provider's rules.
        case .contextTooLong, .contentPolicy: 2
        // What one provider finds wrong in the request itself is wrong for all.
        case .badRequest: 3
        case .rateLimited, .quotaGone, .overloaded, .serverError, .auth, .malformedAnswer, .truncated, .streamError,
            .transport, .timeout:
            3
        }
    }
}
