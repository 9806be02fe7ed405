import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// Answers that operators wrote.
    @Suite("Curated answers")
    struct CuratedTests {
        private struct Receipt: Decodable {
            let stored: Int
            let unchanged: Int
            let refused: Int
            let questions: Int
            let halted: Bool?
            let mistakes: [Mistake]

            struct Mistake: Decodable {
                let line: Int
                let reason: String
            }
        }

        /// A page of entries, one entry, neighbours or counts, as far as the tests look at them.
        private struct Shown: Decodable {
            let entries: [Shown]?
            let neighbours: [Shown]?
            let entry: String?
            let question: String?
            let curated: String?
            let served: Bool?
            let distractors: Int?
            let mirrored: Int?
            let `guard`: String?
            let reasons: [String]?
        }

        private static let key = ["authorization": "Bearer \(GatewayProcess.adminKey)"]

        private func gateway(_ redis: RedisServer, _ mock: Mock) async throws -> GatewayProcess {
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            settings.openAdmin()
            return try await GatewayProcess(settings)
        }

        private func post(
            _ lines: [String], _ query: String = "", type: String = "application/x-ndjson", to gateway: GatewayProcess
        ) async throws -> (status: Int, receipt: Receipt) {
            let answer = try await gateway.post(
                Array(lines.joined(separator: "\n").utf8), to: "/admin/cache/import?model=main\(query)",
                headers: Self.key.merging(["content-type": type]) { $1 })
            return (answer.status, try JSONDecoder().decode(Receipt.self, from: Data(answer.body)))
        }

        private func shown(_ answer: Answer) throws -> Shown {
            try JSONDecoder().decode(Shown.self, from: Data(answer.body))
        }

        private func look(_ path: String, at gateway: GatewayProcess) async throws -> Answer {
            try await gateway.get("/admin/cache/\(path)", headers: Self.key)
        }

        private func run(
            _ arguments: [String], _ gateway: GatewayProcess
        ) async throws -> (code: Int32, output: String, errors: String) {
            let child = try ChildProcess(
                [Place.gateway] + arguments, name: "command", folder: gateway.folder,
                environment: ["REFRAIN_TEST_ADMIN": GatewayProcess.adminKey])
            let code = try await child.wait()
            return (code, child.output, child.errors)
        }

        private static let cancel = #"""
            {"id":"cancel","question":"How do I cancel my order?","variants":["I want to call off my order"],\#
            "answer":"Under My orders.","tags":["orders"],"distractors":["How do I cancel my subscription?"]}
            """#
        private static let pay = #"{"id":"pay","question":"How can I pay?","answer":"By card."}"#

        @Test("By HTTP: what was imported is served; again it costs nothing; a changed line replaces all of its id")
        func importing() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            let first = try await post([Self.cancel, Self.pay, "{}"], to: gateway)
            #expect(first.status == 200)
            #expect(first.receipt.stored == 2 && first.receipt.questions == 3 && first.receipt.refused == 1)
            #expect(first.receipt.mistakes.map(\.line) == [3])
            // The memo is for requests.
            #expect(try await gateway.metric("refrain_encoder_memo_total") == 0)
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorEntries == 3 }
            #expect(try await gateway.ask("I want to call off my order").cache == "hit-exact")
            let similar = try await gateway.ask("How can I cancel my order?")
            #expect(similar.cache == "hit-semantic" && similar.content == "Under My orders.")
            #expect(try await post([Self.cancel, Self.pay], to: gateway).receipt.unchanged == 2)

            let changed = #"{"id":"cancel","question":"How do I cancel my order?","answer":"Call us."}"#
            #expect(try await post([changed], to: gateway).receipt.stored == 1)
            #expect(try await gateway.ask("How do I cancel my order?").content == "Call us.")
            #expect(try await gateway.ask("I want to call off my order").cache != "hit-exact")
            // A question that is another answer's, and an id that comes twice.
            let taken = #"{"id":"other","question":"How can I pay?","answer":"Not at all."}"#
            let refused = try await post([taken, Self.pay, Self.pay], to: gateway).receipt
            #expect(refused.unchanged == 1 && refused.refused == 2)
            #expect(refused.mistakes.first?.reason == "“How can I pay?” is already a question of 'pay'")
            #expect(refused.mistakes.last?.reason == "the id 'pay' is already that of line 2")
            #expect(try await gateway.ask("How can I pay?").content == "By card.")
        }

        @Test("A distractor is not served, in its own words or in others, and no fresh one takes a curated one's place")
        func distractor() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            let likeliest = #"""
                {"id":"a","question":"How do I cancel my order?","answer":"Curated.",\#
                "distractors":["How do I cancel my whole order?"]}
                """#
            #expect(try await post([likeliest], to: gateway).receipt.stored == 1)
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorEntries == 1 }
            let near = try await gateway.ask("How do I cancel my whole order?")
            #expect(near.cache == "miss" && near.missReason == "distractor")
            #expect(try await gateway.ask("How can I cancel my order?").content == "Curated.")
            let fresh = try await gateway.ask("How do I cancel my order?", headers: ["cache-control": "no-cache"])
            #expect(fresh.content != "Curated.")
            #expect(try await gateway.ask("How do I cancel my order?").content == "Curated.")
        }

        @Test("What asks for one's own is answered to all who ask it, named or not, and may say what it says")
        func persons() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            let answer = "I'm sorry, but I can't help with that here. Open My orders."
            let line = #"{"id":"where","question":"Where is my order?","answer":"\#(answer)"}"#
            #expect(try await post([line], to: gateway).receipt.stored == 1)
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorEntries == 1 }
            #expect(try await gateway.ask("Where is my order?").cache == "hit-exact")
            let named = try await gateway.ask("Where is my order?", more: #","user":"ann""#)
            #expect(named.cache == "hit-semantic" && named.content == answer)
        }

        @Test("It outlives purges by age and likeness and ends by its id; with strict, nothing of a bad file is stored")
        func purging() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            let halted = try await post([Self.cancel, "{}"], "&strict=true", to: gateway)
            #expect(halted.status == 400 && halted.receipt.halted == true)
            #expect(try redis.cli("--scan", "--pattern", "*:e:*").isEmpty)
            let table = [
                "id,question,variants,answer", "pay,How can I pay?,Ways to pay|Pay how?,\"By card, or so.\"",
            ]
            #expect(try await post(table, type: "text/csv", to: gateway).receipt.questions == 3)
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorEntries == 3 }
            #expect(try await gateway.purge(#""older_than_s":0"#).status == 200)
            #expect(try await gateway.purge(#""similar_to":"How can I pay?","threshold":0.5"#).purged?.count == 0)
            #expect(try await gateway.ask("Ways to pay").content == "By card, or so.")
            #expect(try await gateway.purge(#""curated":"pay","dry_run":true"#).purged?.count == 3)
            #expect(try await gateway.ask("Ways to pay").cache == "hit-exact")
            #expect(try await gateway.purge(#""curated":"pay""#).purged?.count == 3)
            #expect(try await gateway.ask("Ways to pay").cache == "miss")
        }

        @Test("Export by command and by HTTP gives what was imported, page by page")
        func exporting() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            #expect(try await post([Self.pay, Self.cancel], to: gateway).receipt.stored == 2)
            let path = "/admin/cache/export?model=main&limit=1"
            let first = try await gateway.get(path, headers: Self.key)
            #expect(first.text == Self.cancel + "\n")
            let cursor = try #require(first["x-refrain-next-cursor"])
            let second = try await gateway.get("\(path)&cursor=\(cursor)", headers: Self.key)
            #expect(second.text == Self.pay + "\n")
            let configuration = gateway.folder.appending(path: "refrain.yaml").path()
            let exported = try await run(["cache", "export", "--config", configuration, "--model", "main"], gateway)
            #expect(exported.code == 0, "\(exported.errors)")
            #expect(exported.output == Self.cancel + "\n" + Self.pay + "\n")
            let columns = "id,question,variants,answer,tags,locale,valid_until,distractors\r\n"
            let table = try await gateway.get("\(path)&format=csv", headers: Self.key)
            #expect(table["content-type"] == "text/csv; charset=utf-8")
            #expect(table.text.hasPrefix(columns + "cancel,How do I cancel my order?,"))
            let rest = try await gateway.get(
                "\(path)&cursor=\(cursor)", headers: Self.key.merging(["accept": "text/csv"]) { $1 })
            #expect(rest.text == "pay,How can I pay?,,By card.,,,,\r\n")
            let again = try await post([table.text + rest.text], type: "text/csv", to: gateway).receipt
            #expect(again.unchanged == 2 && again.refused == 0)
            #expect(try await gateway.get("\(path)&format=xml", headers: Self.key).status == 400)
            #expect(try await gateway.get(path).status == 401)
            #expect(try await gateway.get("/admin/cache/export?model=main&limit=x", headers: Self.key).status == 400)
            #expect(try await gateway.get("/admin/cache/export?mode=main", headers: Self.key).status == 400)
            let nowhere = "/admin/cache/import?model=main&namespace=a%20b"
            #expect(try await gateway.post(Array(Self.pay.utf8), to: nowhere, headers: Self.key).status == 400)
        }

        @Test("lint names the lines that collide and those that cannot be used, and passes a file without")
        func lint() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            let configuration = gateway.folder.appending(path: "refrain.yaml").path()
            let file = gateway.folder.appending(path: "faq.jsonl")
            let alike = #"{"id":"b","question":"How can I cancel my order?","answer":"Otherwise."}"#
            try Data([Self.cancel, alike, "{"].joined(separator: "\n").utf8).write(to: file)
            let found = try await run(["cache", "lint", "--config", configuration, file.path()], gateway)
            #expect(found.code == 1)
            #expect(found.errors.contains("faq.jsonl:2: 'b' “How can I cancel my order?” collides with 'cancel'"))
            #expect(found.errors.contains("faq.jsonl:3: not valid JSON"))
            try Data([Self.cancel, Self.pay].joined(separator: "\n").utf8).write(to: file)
            let clean = try await run(["cache", "lint", "--config", configuration, file.path()], gateway)
            #expect(clean.code == 0, "\(clean.errors)")
        }

        @Test("Entries, one entry, neighbours and counts are shown by HTTP and by command")
        func looking() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await gateway(redis, mock)
            #expect(try await post([Self.cancel, Self.pay], to: gateway).receipt.stored == 2)
            #expect(try await gateway.ask("What does the moon weigh?").cache == "miss")
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorEntries == 4 }
            #expect(try shown(try await look("entries", at: gateway)).entries?.count == 4)
            let curated = try shown(try await look("entries?curated=true&tag=orders", at: gateway)).entries ?? []
            #expect(curated.count == 2 && curated.allSatisfy { $0.curated == "cancel" })
            let id = try #require(curated.first?.entry)
            let one = try shown(try await look("entries/\(id)", at: gateway))
            #expect(one.served == true && one.distractors == 1)
            #expect(try await look("entries/\(String(id.reversed()))", at: gateway).status == 404)
            #expect(try await look("entries/7", at: gateway).status == 400)

            let body = Array(#"{"text":"How do I not cancel my order?","count":2}"#.utf8)
            let near = try shown(try await gateway.post(body, to: "/admin/cache/neighbours", headers: Self.key))
            let nearest = try #require(near.neighbours?.first)
            #expect(near.neighbours?.count == 2)
            #expect(nearest.question == "How do I cancel my order?")
            #expect(nearest.guard == "veto" && nearest.reasons == ["negation"])
            #expect(try shown(try await look("stats", at: gateway)).mirrored == 4)

            let configuration = gateway.folder.appending(path: "refrain.yaml").path()
            for (command, texts) in [
                (["list"], ["entry", "How can I pay?", "never"]), (["show", id], ["Under My orders.", "cancel"]),
                (["neighbours", "How do I pay?"], ["How can I pay?", "pass"]), (["stats"], ["mirrored", "default"]),
                (["list", "--json"], ["cache.entries"]),
            ] {
                // The configuration says port 0.
                let place = ["--config", configuration, "--url", "http://127.0.0.1:\(gateway.port)"]
                let outcome = try await run(["cache"] + command + place, gateway)
                #expect(outcome.code == 0, "\(outcome.errors)")
                for text in texts { #expect(outcome.output.contains(text), "\(command): \(outcome.output)") }
            }
        }
    }
}
