import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

@Suite("Exchanges one after the other, on handles that are used again", .timeLimit(.minutes(1)))
struct HandleReuseTests {
    @Test("Each request arrives as it was given, whatever the one before it said")
    func sequence() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        try await withClient { exchange in
            try await exchange.respond(body: "ok")
        } _: { client, server in
            var given: [CurlRequest] = []
            for _ in 0..<120 {
                let method = ["POST", "POST", "PUT", "GET", "DELETE"].randomElement(using: &generator) ?? "GET"
                let bodies: [ByteBuffer?] = [
                    nil, ByteBuffer(), ByteBuffer(string: "short"), ByteBuffer(repeating: 7, count: 5_000),
                ]
                let headers: [[(name: String, value: String)]] = [[], [("X-One", "1")], [("X-One", "2"), ("X-Two", "")]]
                let request = CurlRequest.local(
                    method: method, url: server.url(["/a", "/b"].randomElement(using: &generator) ?? "/"),
                    headers: headers.randomElement(using: &generator) ?? [],
                    body: method == "GET" ? nil : bodies.randomElement(using: &generator) ?? nil)
                given.append(request)
                let answer = try await client.fetch(request)
                #expect(answer.readableBytes == 2, "seed \(seed)")
            }
            let received = server.record.requests
            #expect(received.count == given.count)
            for (request, arrived) in zip(given, received) {
                #expect(arrived.method == request.method, "seed \(seed)")
                #expect(request.url.hasSuffix(arrived.target), "seed \(seed)")
                #expect(arrived.body == Array((request.body ?? ByteBuffer()).readableBytesView), "seed \(seed)")
                let own = arrived.headers.filter { $0.name.hasPrefix("X-") }
                #expect(own.map(\.name) == request.headers.map(\.name), "seed \(seed)")
                #expect(own.map(\.value) == request.headers.map(\.value), "seed \(seed)")
            }
        }
    }
}
