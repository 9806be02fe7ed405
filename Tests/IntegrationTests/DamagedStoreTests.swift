import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// What Redis holds is no longer what was written.
    @Suite("A damaged store")
    struct DamagedStoreTests {
        /// Damages all entries but every eighth, each in one of seven ways.
        private static let damage = """
            local keys = redis.call('KEYS', 'rf:{*}:e:*')
            table.sort(keys)
            local function change(key, field)
                local text = redis.call('HGET', key, field)
                if not text then return end
                local place = math.floor(#text / 2)
                local byte = string.char((string.byte(text, place) + 1) % 256)
                redis.call('HSET', key, field, string.sub(text, 1, place - 1) .. byte .. string.sub(text, place + 1))
            end
            local function cut(key, field)
                local text = redis.call('HGET', key, field)
                if text then redis.call('HSET', key, field, string.sub(text, 1, #text - 3)) end
            end
            local head, mirrored
            for number, key in ipairs(keys) do
                local way = number % 8
                local before, mirroredBefore = head, mirrored
                head, mirrored = redis.call('HGET', key, 'h'), redis.call('HGET', key, 'm')
                if way == 1 then cut(key, 'h') cut(key, 'm')
                elseif way == 2 then change(key, 'h') change(key, 'm')
                elseif way == 3 then redis.call('DEL', key) redis.call('SET', key, 'mine')
                elseif way == 4 then redis.call('HSET', key, 'v', '2')
                elseif way == 5 then redis.call('HSET', key, 'h', before, 'm', mirroredBefore)
                elseif way == 6 then redis.call('HSET', key, 'h', '\\3\\1 no seal', 'm', '\\3\\0')
                elseif way == 7 then change(key, 'a') cut(key, 'enc') cut(key, 'p') redis.call('HDEL', key, 'm')
                end
            end
            return #keys
            """

        private static let questions = (1...64).map { "What does ticket number \($0 * 37) cost on a holiday?" }

        /// Half of them are compressed.
        @Sendable private static func answer(to question: String) -> String {
            let text = "That depends; you asked: \(question)"
            return question.utf8.count % 2 == 0 ? text : String(repeating: text + " ", count: 30)
        }

        private static func gateway(_ settings: GatewaySettings, _ redis: RedisServer) async throws -> GatewayProcess {
            let gateway = try await GatewayProcess(settings)
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorComplete }
            return gateway
        }

        @Test("Damaged entries under running replicas are misses, counted, never served, and replaced by new answers",
              arguments: [false, true])
        func damaged(isEncrypted: Bool) async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start { exchange in
                try await exchange.complete(Self.answer(to: exchange.request.text(after: #""content":""#)))
            }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.embedding = GatewaySettings.localEncoder
            if isEncrypted {
                settings.variables["REFRAIN_TEST_ENTRIES"] = String(repeating: "k", count: 32)
                settings.cache += ", encryption_key: \"env:REFRAIN_TEST_ENTRIES\""
            }
            let gateway = try await Self.gateway(settings, redis)
            for question in Self.questions { #expect(try await gateway.ask(question).cache == "miss") }
            for question in Self.questions {
                let answer = try await gateway.ask(question)
                #expect(answer.cache == "hit-exact" && answer.content == Self.answer(to: question))
            }
            #expect(try redis.cli("EVAL", Self.damage, "0") == "\(Self.questions.count)")

            // One that reads everything anew, and the one that has mirrored what was.
            let fresh = try await Self.gateway(settings, redis)
            var hits = 0
            for question in Self.questions {
                let answer = try await [gateway, fresh][hits % 2].ask(question)
                #expect(answer.status == 200 && answer.content == Self.answer(to: question), "\(answer.text)")
                if answer.cache == "hit-exact" { hits += 1 }
            }
            #expect(hits >= Self.questions.count / 8 && hits <= Self.questions.count / 4, "\(hits) hits")
            for reason in ["damaged", "version", "foreign", "seal"] {
                var counted = 0.0
                for gateway in [gateway, fresh] {
                    counted += try await gateway.metric(
                        "refrain_cache_entries_skipped_total", "reason=\"\(reason)\"")
                }
                #expect(counted > 0, "\(reason)")
            }
            for gateway in [gateway, fresh] {
                for question in Self.questions {
                    let answer = try await gateway.ask(question)
                    #expect(answer.cache == "hit-exact" && answer.content == Self.answer(to: question))
                }
            }
            #expect(try await fresh.metric("refrain_cache_entries_skipped_total") > 0)
        }
    }
}
