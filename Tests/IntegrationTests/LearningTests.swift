import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// Judgments of answers, and what a fleet makes of them.
    @Suite("A fleet learns")
    struct LearningTests {
        private static let uncached = ["x-refrain-cache-mode": "off"]

        private func judge(_ answer: Answer, _ verdict: String, at gateway: GatewayProcess) async throws -> Answer {
            let body = #"{"request_id":"\#(answer["x-refrain-request-id"] ?? "")","verdict":"\#(verdict)"}"#
            return try await gateway.post([UInt8](body.utf8), to: "/v1/feedback")
        }

        /// How many of twenty answers of a replica come from the good target.
        private func goodOnes(_ gateway: GatewayProcess, round: Int) async throws -> Int {
            var good = 0
            for number in 0..<20 {
                let answer = try await gateway.ask("Again \(round), question \(number)?", headers: Self.uncached)
                if answer["x-refrain-deployment"] == "good" { good += 1 }
            }
            return good
        }

        @Test("What is judged at any replica of one's answers, both replicas go by")
        func fleet() async throws {
            let (redis, good, bad) = (try RedisServer(), try await Mock(), try await Mock())
            var settings = try GatewaySettings(redis, provider: good.port)
            settings.providers = [.init(name: "bad", port: bad.port), .init(name: "good", port: good.port)]
            settings.routes = [("main", ["bad", "good"])]
            settings.routeMore = "learn: {cost_weight: 0}"
            settings.embedding = GatewaySettings.localEncoder
            let first = try await GatewayProcess(settings)
            let second = try await GatewayProcess(settings)

            var drawn: Set<String> = []
            for number in 0..<60 {
                let answer = try await first.ask("How do I do thing number \(number)?", headers: Self.uncached)
                let target = try #require(answer["x-refrain-deployment"])
                drawn.insert(target)
                let place = number % 2 == 0 ? first : second
                var said: Answer?
                // The other replica knows the answer when Redis does.
                try await eventually("the answer can be judged") {
                    said = try await judge(answer, target == "good" ? "good" : "wrong", at: place)
                    return said?.status != 404
                }
                #expect(said?.status == 200, "\(said?.text ?? "")")
                #expect(said?.text.contains(#""result":"learned""#) == true, "\(said?.text ?? "")")
            }
            #expect(drawn == ["good", "bad"])
            for (name, gateway) in [("that was asked", first), ("that only heard of it", second)] {
                var round = 0
                var counts: [Int] = []
                try await eventually("the replica \(name) prefers the better target") {
                    round += 1
                    counts.append(try await goodOnes(gateway, round: round))
                    return counts.last ?? 0 >= 17
                }
                print("the replica \(name): of twenty answers \(counts) came from the better target")
            }
        }
    }
}
