import CurlClient
import GatewayCore
import GatewayTesting
import Testing
import Upstream

@testable import Pipeline

@Suite("While a key is changed a refused one is answered for by the other", .timeLimit(.minutes(1)))
struct KeyFallbackTests {
    /// A provider that takes some keys, and the statuses of two calls with an old key and a new one in front.
    private func statuses(
        taking good: Set<String>, refusal: Int = 401, overlap: Duration = .seconds(600), prefersOld: Bool = false
    ) async throws -> (statuses: [Int], sent: [String], ring: KeyRing) {
        let server = try await ScriptedServer.start { exchange in
            let key = exchange.request.header("authorization") ?? "none"
            try await exchange.respond(good.contains(key) ? 200 : refusal, body: "{}")
        }
        let ring = KeyRing(Secret("old"))
        ring.replace(with: Secret("new"), overlap: overlap, now: .now)
        if prefersOld { ring.prefer(Secret("old")) }
        let curl = try CurlClient()
        var statuses: [Int] = []
        for _ in 0..<2 {
            let response = try await curl.execute(with: ring) { key in
                CurlRequest(
                    url: server.url(), headers: [("authorization", key?.exposed ?? "none")],
                    allowsPrivateAddresses: true)
            }
            statuses.append(response.status)
            _ = try await response.body.collect(upTo: 100)
        }
        await curl.shutdown()
        let sent = server.record.requests.map { $0.header("authorization") ?? "" }
        await server.stop()
        return (statuses, sent, ring)
    }

    @Test("A new key that is good is the only one that is sent")
    func good() async throws {
        let calls = try await statuses(taking: ["new", "old"])
        #expect(calls.statuses == [200, 200])
        #expect(calls.sent == ["new", "new"])
    }

    @Test("A new key that is not good yet costs one refused call, then the old one is used", arguments: [401, 403])
    func notYet(refusal: Int) async throws {
        let calls = try await statuses(taking: ["old"], refusal: refusal)
        #expect(calls.statuses == [200, 200])
        #expect(calls.sent == ["new", "old", "old"])
    }

    @Test("When the old key ends, calls go back to the new one")
    func back() async throws {
        let calls = try await statuses(taking: ["new"], prefersOld: true)
        #expect(calls.statuses == [200, 200])
        #expect(calls.sent == ["old", "new", "new"])
    }

    @Test("When both are refused the refusal stays, and other failures never cost a second call")
    func both() async throws {
        #expect(try await statuses(taking: []).statuses == [401, 401])
        let failing = try await statuses(taking: [], refusal: 500)
        #expect(failing.statuses == [500, 500])
        #expect(failing.sent == ["new", "new"])
    }

    @Test("After the overlap the old key is not sent")
    func over() async throws {
        let calls = try await statuses(taking: ["old"], overlap: .zero)
        #expect(calls.statuses == [401, 401])
        #expect(calls.sent == ["new", "new"])
    }

    @Test("Without a key there is one call without one")
    func none() async throws {
        let server = try await ScriptedServer.start { try await $0.respond(401) }
        let curl = try CurlClient()
        let response = try await curl.execute(with: nil) { key in
            #expect(key == nil)
            return CurlRequest(url: server.url(), allowsPrivateAddresses: true)
        }
        #expect(response.status == 401)
        #expect(server.record.requests.count == 1)
        await curl.shutdown()
        await server.stop()
    }
}
