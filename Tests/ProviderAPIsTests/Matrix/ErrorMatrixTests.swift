import Foundation
import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Every provider's refusals before every client")
struct ErrorMatrixTests {
    private struct Body: Decodable {
        struct Fault: Decodable {
            let type: String?
            let code: String?
            let message: String
        }

        let type: String?
        let error: Fault
    }

    /// Sunday, 6 November 1994, 08:49:37 GMT: the date of the standard's examples.
    private static let now: Int64 = 784_111_777

    @Test("A client is told in its dialect's status, type and code why", arguments: ErrorFixture.all)
    func told(_ fixture: ErrorFixture) throws {
        for api in ClientAPI.allCases {
            let request = try AskingClient.stream(api)
            let failure = TargetTranslation(request, for: fixture.wire.target).failure(
                status: fixture.status, headers: fixture.headers, body: ByteBuffer(string: fixture.body),
                now: Self.now)
            let error = GatewayError(last: failure, targets: 1, retryAfter: failure.retryAfter)
            let body = request.client.body(of: error)
            let said = try JSONDecoder().decode(Body.self, from: Data(buffer: body))
            var words = [String(request.client.status(of: error)), said.error.type ?? "-"]
            if api == .messages { #expect(said.type == "error") } else { words.append(said.error.code ?? "-") }
            #expect(words == fixture.expected[api.rawValue], "\(api): \(String(buffer: body))")
            #expect(!said.error.message.isEmpty)
            let wait = fixture.expected["retry"]?.first.flatMap { Int($0) }.map { Duration.seconds($0) }
            #expect(failure.retryAfter == wait, "\(api)")
        }
    }

    @Test("Every provider has fixtures of its refusals")
    func complete() {
        for wire in Wire.allCases where wire != .compatible {
            #expect(ErrorFixture.all.count { $0.wire == wire } > 8, "\(wire)")
        }
    }
}

extension Data {
    fileprivate init(buffer: ByteBuffer) { self.init(buffer.readableBytesView) }
}
