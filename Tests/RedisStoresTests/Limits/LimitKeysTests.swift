import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import Routing
import Testing

@testable import RedisStores

@Suite("Keys of limits", .timeLimit(.minutes(2)))
struct LimitKeysTests {
    /// A request with everything that can have a key. Names may hold what a hash tag is made of.
    private var request: PickRequest {
        var limits = Limits()
        limits.requests = 10
        limits.concurrency = 5
        var request = PickRequest(
            lease: LeaseID("lease"), inputTokens: 10, outputTokens: 5,
            candidates: [
                .init(DeploymentID("east/{gpt}"), limits: limits, nanodollars: 7), .init(DeploymentID("west/gpt")),
            ])
        request.scopes = [
            ScopeLimits(LimitScope(.tenant, "a{b}c"), limits: limits),
            ScopeLimits(
                LimitScope(.team, "}t"),
                budgets: [.init(.day, nanodollars: 100), .init(.total, nanodollars: 100)]),
            ScopeLimits(LimitScope(.key, "k"), limits: limits, budgets: [.init(.month, nanodollars: 100)]),
        ]
        return request
    }

    private func keysOfAllScripts() throws -> [[String]] {
        let lease = Lease(of: request, candidate: 0, second: 1, holder: .shared)
        let truth = ProviderTruth(deployment: DeploymentID("east/{gpt}"), limits: Limits())
        return [
            LimitCommands.pick(request).keys, LimitCommands.settle(.notCounted(lease)).keys,
            LimitCommands.feedback(truth).keys, LimitCommands.renew([lease]).keys, [Keyspace.replicas],
        ]
    }

    @Test("All keys of a script lie in one slot of a cluster")
    func slots() throws {
        // Values of the cluster specification: CRC16 of "123456789" is 0x31C3.
        #expect(Self.crc16(Array("123456789".utf8)) == 0x31C3)
        let keys = try keysOfAllScripts()
        #expect(keys.map(\.count) == [16, 14, 1, 6, 1])
        #expect(Set(keys.joined().map(Self.slot)) == [Self.slot("rl")])
        #expect(Set(keys[0]).count == 16, "no two things share a key")
    }

    @Test("A caller without limits adds nothing to what a pick touches")
    func noScopes() {
        var bare = request
        bare.scopes = []
        let call = LimitCommands.pick(bare)
        #expect(call.keys.count == 2 * bare.candidates.count)
        #expect(call.keys.allSatisfy { $0.hasPrefix("rf:{rl}:d:") || $0.hasPrefix("rf:{rl}:c:d:") })
    }

    /// As the cluster specification has it: of what stands between the first `{` and the next `}`, if anything does.
    private static func slot(_ key: String) -> Int {
        let bytes = Array(key.utf8)
        var tag = bytes
        if let open = bytes.firstIndex(of: UInt8(ascii: "{")),
            let close = bytes[(open + 1)...].firstIndex(of: UInt8(ascii: "}")), close > open + 1
        {
            tag = Array(bytes[(open + 1)..<close])
        }
        return Int(crc16(tag)) % 16_384
    }

    private static func crc16(_ bytes: [UInt8]) -> UInt16 {
        bytes.reduce(0) { sum, byte in
            (0..<8).reduce(sum ^ UInt16(byte) << 8) { sum, _ in
                sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021
            }
        }
    }

    @Test("A pick and its settlement leave the keys the keyspace documents, and each has an end or is empty")
    func keysAndLives() async throws {
        try await withRedis { server, client in
            let store = RedisLimitStore(redis: client)
            try await running(store) {
                guard case .granted(let grant) = try await store.pick(request) else { return }
                let budget = "rf:{rl}:b:t:}t:"
                let expected: Set<String> = [
                    "rf:{rl}:d:east/{gpt}", "rf:{rl}:c:d:east/{gpt}", "rf:{rl}:o:a{b}c", "rf:{rl}:c:o:a{b}c",
                    "rf:{rl}:k:k", "rf:{rl}:c:k:k", budget + "day", budget + "day:r", budget + "total",
                    budget + "total:r", "rf:{rl}:b:k:k:month", "rf:{rl}:b:k:k:month:r",
                ]
                func keys() throws -> Set<String> {
                    Set(try server.cli("KEYS", "*").split(whereSeparator: \.isNewline).map(String.init))
                }
                #expect(try keys() == expected)
                let use = try #require(Int(server.cli("PTTL", "rf:{rl}:d:east/{gpt}")))
                #expect(use > 61_000 && use <= 63_000)
                #expect(try #require(Int(server.cli("PTTL", "rf:{rl}:c:k:k"))) <= 7_200_000)
                #expect(try #require(Int(server.cli("PTTL", budget + "day"))) <= 2 * 86_400_000)
                #expect(try server.cli("HGET", budget + "total", "r") == "7")
                // Small hashes stay compact.
                #expect(try server.cli("OBJECT", "ENCODING", "rf:{rl}:d:east/{gpt}") == "listpack")
                store.settle(.used(grant.lease, inputTokens: 1, outputTokens: 1, nanodollars: 9))
                await store.flush()
                #expect(store.lost == 0)
                #expect(try keys() == expected.filter { !$0.hasSuffix(":r") && !$0.contains(":c:") })
                #expect(try server.cli("HMGET", budget + "total", "s", "r") == "9\n0")
            }
        }
    }

    @Test("Replies that are none of the script's are errors")
    func replies() throws {
        func reply(_ numbers: [Double]) -> RedisReply {
            var packed = PackedNumbers()
            for number in numbers { packed.append(number) }
            return .bulk(ByteBuffer(bytes: packed.bytes))
        }
        let granted = [1, 1, 5_000, 0] + [Double](repeating: 2, count: 18) + [3, 3, 3]
        guard case .granted(let grant) = try LimitReply(reply(granted)).result(of: request) else {
            Issue.record("no grant")
            return
        }
        #expect(grant.candidate == 1 && grant.lease.second == 5 && grant.committed == [3, 3, 3])
        var generator = SeededGenerator(seed: 3)
        let strange = [Double.nan, -.infinity, .infinity, 1e300, -1, 0.5]
        for _ in 0..<3_000 {
            var numbers = Bool.random(using: &generator) ? granted : [0, 3, 0, 1, 5, 5, 100]
            let cut = Bool.random(using: &generator) ? Int.random(in: 0..<numbers.count, using: &generator) : 0
            numbers.removeLast(cut)
            if let index = numbers.indices.randomElement(using: &generator) {
                numbers[index] = strange.randomElement(using: &generator) ?? 0
            }
            _ = try? LimitReply(reply(numbers)).result(of: request)
        }
        let short = Array(granted.dropLast())
        let beyond: [Double] = [1, 2] + Array(granted.dropFirst(2))
        let bad: [[Double]] = [[], [2], short, beyond, [0, 1, 3, 1, 0, 0, 0], [0, 9, 0, 1, 0, 0, 0]]
        for numbers in bad {
            #expect(throws: LimitError.self) { try LimitReply(reply(numbers)).result(of: request) }
        }
        #expect(throws: LimitError.self) { try LimitReply(.integer(1)) }
    }
}
