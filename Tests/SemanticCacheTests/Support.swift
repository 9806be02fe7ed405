import GatewayCore
import GatewayTesting
import Logging
import Testing

@testable import SemanticCache

/// Silent unless something must be read.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Repeats `body` until it gives true. The test's own time limit ends it otherwise.
func eventually(_ body: () async -> Bool) async throws {
    while await !body() { try await Task.sleep(for: .milliseconds(1)) }
}

/// Runs `body` with a scanner and shuts it down whatever happens.
func withScanner<Result>(
    dimension: Int = 16, queueLimit: Int = 4096, _ body: (VectorScanner) async throws -> Result
) async throws -> Result {
    let scanner = VectorScanner(dimension: dimension, queueLimit: queueLimit)
    defer { scanner.shutdown() }
    return try await body(scanner)
}

/// The cosine in double precision, summed in plain order.
func cosine(_ left: EmbeddingVector, _ right: EmbeddingVector) -> Double {
    zip(left.components, right.components).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

extension EmbeddingVector {
    /// Both directions mixed, of norm 1: near this one when `share` is small.
    func mixed(with other: EmbeddingVector, share: Float) -> EmbeddingVector {
        let sum = zip(components, other.components).map { $0 * (1 - share) + $1 * share }
        let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return EmbeddingVector(unit: sum.map { $0 / norm })
    }
}
