import Foundation
import NIOConcurrencyHelpers

@testable import Embedding

/// An encoder whose passes wait at a gate until the test lets them through. Vectors are [id of the first token, 1].
///
/// The gate blocks the engine thread, which may block; tests await `passes` instead of sleeping.
final class GatedEncoder: BatchEncoder, Sendable {
    private let gate = ConditionLock(value: 0)
    private let seen = NIOLockedValueBox<[[[Int32]]]>([])
    /// Yields each pass's texts as it begins.
    let passes: AsyncStream<[[Int32]]>
    private let began: AsyncStream<[[Int32]]>.Continuation
    private let result: @Sendable (Int32) -> [Float]

    init(result: @escaping @Sendable (Int32) -> [Float] = { [Float($0), 1] }) {
        self.result = result
        (passes, began) = AsyncStream.makeStream()
    }

    /// Lets this pass and all that follow through.
    func open() {
        gate.lock()
        gate.unlock(withValue: 1)
    }

    func encode(_ texts: [[Int32]]) -> [[Float]] {
        seen.withLockedValue { $0.append(texts) }
        began.yield(texts)
        gate.lock(whenValue: 1)
        gate.unlock()
        return texts.map { result($0.first ?? 0) }
    }
}
