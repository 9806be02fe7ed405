import GatewayTesting
import Testing

extension IntegrationTests {
    /// What operators forget, in a fleet.
    @Suite("Purges")
    struct PurgeTests {
        private static let question = "How do I cancel an order I have already placed?"
        private static let reworded = "How can I cancel an order that I have already placed?"

        private static func fleet(
            _ redis: RedisServer, _ mock: Mock, _ change: (inout GatewaySettings) -> Void = { _ in }
        ) async throws -> (GatewayProcess, GatewayProcess) {
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.openAdmin()
            change(&settings)
            return (try await GatewayProcess(settings), try await GatewayProcess(settings))
        }

        /// Headers or members of a request, and the order that forgets its answer.
        private static let cases: [(headers: [String: String], more: String, order: String)] = [
            (["x-refrain-cache-tags": "faq, orders"], "", #""tag":"orders""#),
            (["x-refrain-cache-namespace": "web"], "", #""namespace":"web""#),
            ([:], #","user":"ann-4711""#, #""principal":"ann-4711""#),
            ([:], "", #""model":"main""#), ([:], "", #""model":"mock-1""#), ([:], "", #""all":true"#),
        ]

        @Test("What one replica has forgotten no other serves, by tag, namespace, person, model, all")
        func scopes() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let (one, other) = try await Self.fleet(redis, mock)
            for (number, (headers, more, order)) in Self.cases.enumerated() {
                // Of its own: an answer is of who asked first.
                let question = "\(Self.question) \(number)"
                let mention = try await one.ask(question, more: more, headers: headers)
                // Which model the provider names is its own affair.
                let order = order.replacing("mock-1", with: mention["x-refrain-resolved-model"] ?? "?")
                #expect(try await other.ask(question, more: more, headers: headers).cache == "hit-exact")
                let unrelated = try await one.purge(#""tag":"nobody's""#)
                #expect(unrelated.status == 200)
                #expect(try await other.ask(question, more: more, headers: headers).cache == "hit-exact")
                let dry = try await one.purge(order + #","dry_run":true"#)
                #expect(dry.purged?.count ?? 0 >= 1, "\(order): \(dry.text)")
                #expect(dry.purged?.generation == nil)
                #expect(try await other.ask(question, more: more, headers: headers).cache == "hit-exact")
                let purged = try await one.purge(order + #","erase":true"#)
                #expect(purged.status == 200, "\(order): \(purged.text)")
                #expect(purged.purged?.count ?? 0 >= 1, "\(order): \(purged.text)")
                #expect(purged.purged?.holdsSinceMs != nil)
                let after = try await other.ask(question, more: more, headers: headers)
                #expect(after.cache == "miss", "\(order)")
                #expect(try await one.ask(question, more: more, headers: headers).cache == "hit-exact")
            }
            #expect(one.logLines(with: "cache purged") == 2 * Self.cases.count)
            #expect(one.logLines(with: "ann-4711") == 0)
        }

        @Test("One answer by its id, and those older than an age")
        func entryAndAge() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let (one, other) = try await Self.fleet(redis, mock)
            _ = try await one.ask("First?")
            let hit = try await other.ask("First?")
            let entry = try #require(hit["x-refrain-entry"])
            #expect(try await other.purge(#""entry":"\#(entry)""#).purged?.count == 1)
            #expect(try await one.ask("First?").cache == "miss")
            #expect(try await one.purge(#""entry":"\#(entry)""#).purged?.count == 1)
            #expect(try await one.purge(#""entry":"\#(entry)""#).purged?.count == 0)
            _ = try await one.ask("Second?")
            #expect(try await one.purge(#""older_than_s":3600"#).status == 200)
            #expect(try await other.ask("Second?").cache == "hit-exact")
            #expect(try await one.purge(#""older_than_s":0"#).status == 200)
            #expect(try await other.ask("Second?").cache == "miss")
        }

        @Test("All that is like a text: first counted and shown, then forgotten, and nothing else")
        func similar() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let (one, other) = try await Self.fleet(redis, mock) { $0.embedding = GatewaySettings.localEncoder }
            let far = "Which planets have rings?"
            for question in [Self.question, far] { _ = try await one.ask(question) }
            _ = try await one.ask(Self.question, headers: ["x-refrain-cache-namespace": "web"])
            try await eventually("both know all") {
                let known = (try await one.readiness().mirrorEntries, try await other.readiness().mirrorEntries)
                return known == (3, 3)
            }
            let order = #""similar_to":"\#(Self.reworded)","threshold":0.8"#
            let dry = try #require(try await other.purge(order + #","dry_run":true"#).purged)
            #expect(dry.count == 1)
            #expect(dry.sample?.map(\.question) == [Self.question])
            #expect(try await one.ask(Self.question).cache == "hit-exact")
            #expect(try await other.purge(order).purged?.count == 1)
            let headers = ["cache-control": "no-store"]
            #expect(try await one.ask(Self.question, headers: headers).cache == "miss")
            #expect(try await one.ask(Self.reworded, headers: headers).cache == "miss")
            #expect(try await one.ask(far).cache == "hit-exact")
            #expect(
                try await one.ask(Self.question, headers: ["x-refrain-cache-namespace": "web"]).cache == "hit-exact")
            #expect(try await other.purge(order).purged?.count == 0)
        }

        @Test("With hot answers in memory the replica that was told forgets at once, the other when it has heard")
        func bounded() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let (one, other) = try await Self.fleet(redis, mock) { $0.cache = "l1_staleness: 60s" }
            let headers = ["x-refrain-cache-tags": "faq"]
            _ = try await one.ask(Self.question, headers: headers)
            for gateway in [one, other] {
                for _ in 0..<3 { #expect(try await gateway.ask(Self.question).cache == "hit-exact") }
                try await eventually("the log is followed") { try await gateway.readiness().mirrorComplete }
            }
            let purged = try await one.purge(#""tag":"faq""#)
            #expect(purged.text.contains(#""replicas_follow_within_ms":60000"#))
            #expect(try await one.ask(Self.question, headers: ["cache-control": "no-store"]).cache == "miss")
            try await eventually("the other has heard, long before the bound", within: .seconds(50)) {
                try await other.ask(Self.question, headers: ["cache-control": "no-store"]).cache == "miss"
            }
        }

        @Test("Only the operator's key opens the operator's routes, and it opens no others")
        func keys() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.tenants = ["acme"]
            settings.openAdmin()
            let gateway = try await GatewayProcess(settings)
            for key in [nil, "", GatewaySettings.key(of: "acme"), "key-of-the-operato"] {
                #expect(try await gateway.purge(#""tenant":"acme","all":true"#, key: key).status == 401)
            }
            #expect(try await gateway.purge(#""tenant":"acme","all":true"#).status == 200)
            #expect(try await gateway.purge(#""tenant":"nobody","all":true"#).status == 404)
            #expect(try await gateway.purge(#""tenant":"acme""#).status == 400)
            let bearer = ["authorization": "Bearer \(GatewayProcess.adminKey)"]
            #expect(try await gateway.get("/admin/cache/purge", headers: bearer).status == 405)
            #expect(try await gateway.get("/admin/nothing", headers: bearer).status == 404)
            #expect(try await gateway.ask("May I?", headers: bearer).status == 401)
            #expect(!gateway.log.contains(GatewayProcess.adminKey))
        }

        @Test("Without the operator's key in the configuration there is nothing under /admin")
        func closed() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            #expect(try await gateway.purge(#""all":true"#, key: nil).status == 404)
            #expect(try await gateway.purge(#""all":true"#).status == 404)
        }
    }
}
