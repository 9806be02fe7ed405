import NIOConcurrencyHelpers

/// Whether an encoder's vectors may meet those that are stored.
package final class EncoderGate: Sendable {
    /// What the last check found.
    package enum Standing: Sendable {
        /// Not yet known: Redis or the encoder has not answered since the start.
        case unchecked
        case sound
        /// It makes other vectors than when it was first met.
        case mismatched
    }

    private let state = NIOLockedValueBox(Standing.unchecked)

    package init() {}

    package var standing: Standing { state.withLockedValue { $0 } }

    /// - Returns: what it was before.
    func become(_ standing: Standing) -> Standing {
        state.withLockedValue { state in
            defer { state = standing }
            return state
        }
    }
}
