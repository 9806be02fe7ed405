package import GatewayCore
package import NIOCore

/// What somebody says of an answer: the body of `POST /v1/feedback`.
package struct Feedback: Sendable, Equatable {
    /// A judgment in a word.
    package enum Verdict: String, Sendable, CaseIterable {
        case good
        case wrong
        /// It was right once. That says nothing of the target that was asked.
        case stale
    }

    /// As `x-refrain-request-id` said.
    package let request: String
    /// Nil for a score.
    package let verdict: Verdict?
    /// How good the answer was, 0 to 1; nil for a verdict that does not say.
    package let score: Double?

    /// - Throws: `invalidJSON` or `invalidRequest`, with the field at fault.
    package init(json: ByteBuffer) throws(GatewayError) {
        let root: JSONElement
        do {
            root = try JSONDocument(json).root
        } catch {
            throw GatewayError(.invalidJSON, "the body is not JSON: \(error)")
        }
        guard root.kind == .object else {
            throw GatewayError(.invalidRequest, "expected a JSON object with request_id and verdict or score")
        }
        guard let request = root["request_id"]?.string, !request.isEmpty, request.utf8.count <= Self.idLimit else {
            throw GatewayError(
                .invalidRequest, "expected request_id, as x-refrain-request-id of the answer says",
                parameter: "request_id")
        }
        self.request = request
        switch (root["verdict"], root["score"]) {
        case (let word?, nil):
            guard let verdict = word.string.flatMap(Verdict.init(rawValue:)) else {
                throw GatewayError(.invalidRequest, "expected verdict to be good, wrong or stale", parameter: "verdict")
            }
            self.verdict = verdict
            score = verdict == .stale ? nil : verdict == .good ? 1 : 0
        case (nil, let number?):
            guard let score = number.double, (0...1).contains(score) else {
                throw GatewayError(.invalidRequest, "expected score to be a number from 0 to 1", parameter: "score")
            }
            verdict = nil
            self.score = score
        default:
            throw GatewayError(.invalidRequest, "expected either verdict or score", parameter: "verdict")
        }
    }

    private static let idLimit = 128
}
