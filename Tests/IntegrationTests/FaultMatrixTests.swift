import Foundation
import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// What `docs/fault-matrix.md` promises, cell by cell.
    @Suite("The fault matrix")
    struct FaultMatrixTests {
        /// How a provider comes to have a fault.
        private struct Fault {
            var behavior: @Sendable (inout MockBehavior) -> Void = { _ in }
            /// Of the provider's section.
            var more = ""
            var scheme = "http"
            var listens = true
            /// Answers nothing but that a filter held the answer back.
            var refuses = false
        }

        /// By the names of the document.
        private static let faults: [String: Fault] = [
            "connection refused": Fault(listens: false),
            "TLS failure": Fault(scheme: "https"),
            "closed before the head": Fault(behavior: { $0.closesBeforeHead = true }),
            "401": Fault(behavior: { $0.failure = .invalidKey }),
            "429": Fault(behavior: { $0.failure = .rateLimited }),
            "429 with Retry-After": Fault(behavior: { ($0.failure, $0.retryAfter) = (.rateLimited, .seconds(7)) }),
            "500": Fault(behavior: { $0.failure = .serverError }),
            "529": Fault(behavior: { $0.failure = .overloaded }),
            "context too long": Fault(behavior: { $0.failure = .contextTooLong }),
            "slow first byte": Fault(behavior: { $0.latency = .seconds(30) }, more: "first_byte_timeout: 300ms"),
            "refusal without content": Fault(refuses: true),
            "pings without end": Fault(
                behavior: { $0.pings = .milliseconds(50) }, more: "first_content_timeout: 500ms"),
            "error after lifecycle frames": Fault(behavior: { $0.errorAfterLifecycle = true }),
            "cut behind the head": Fault(behavior: { $0.cutAfterFrames = 0 }),
            "cut after content": Fault(behavior: { $0.cutAfterFrames = 12 }),
            "stall after content": Fault(behavior: { $0.stallAfterFrames = 12 }, more: "idle_timeout: 500ms"),
            "malformed frame": Fault(behavior: { $0.malformedFrame = 12 }),
            "error frame": Fault(behavior: { $0.errorFrame = 12 }),
            "missing terminal": Fault(behavior: { $0.missingTerminal = true }),
        ]

        /// One question. Each has targets of its own: a target that failed may be left alone for a while.
        private struct Case {
            let row: FaultTable.Row
            let client: AskingDialect
            let isStream: Bool
            let hasOther: Bool

            var model: String {
                let fault = row.fault.lowercased().replacingOccurrences(of: " ", with: "-")
                return "\(fault)-\(client)-\(isStream ? "stream" : "whole")-\(hasOther ? "two" : "one")"
            }

            var asksNext: Bool { hasOther && row.asksNext[isStream] == true }
        }

        @Test("Every cell holds, whoever asks", arguments: SpokenDialect.allCases)
        func matrix(dialect: SpokenDialect) async throws {
            let table = try FaultTable.read()
            #expect(Set(table.rows.map(\.fault)) == Set(Self.faults.keys))
            let redis = try RedisServer()
            let well = try await Self.mock { $0.answer = "Well." }
            var settings = try GatewaySettings(redis, provider: well.port)
            settings.providers = [dialect.provider("well", port: well.port)]
            settings.routes = []
            settings.variables = SpokenDialect.variables
            var mocks: [Mock] = []
            var cases: [Case] = []
            for row in table.rows {
                let fault = try #require(Self.faults[row.fault])
                let mock = try await Self.mock { behavior in
                    fault.behavior(&behavior)
                    if fault.refuses { (behavior.answer, behavior.finishReason) = ("", dialect.filterWord) }
                }
                mocks.append(mock)
                let port = fault.listens ? mock.port : try await ClosedPort.find()
                for client in AskingDialect.allCases {
                    for isStream in row.outcome.keys {
                        for hasOther in [false, true] {
                            let one = Case(row: row, client: client, isStream: isStream, hasOther: hasOther)
                            var provider = dialect.provider(one.model, port: port, more: fault.more)
                            provider.scheme = fault.scheme
                            settings.providers.append(provider)
                            settings.routes.append((one.model, [one.model] + (hasOther ? ["well"] : [])))
                            if fault.refuses, hasOther {
                                let other = "well" + (provider.model.map { "/\($0)" } ?? "")
                                settings.routesMore[one.model] = "fallbacks: {content_policy: [\"\(other)\"]}"
                            }
                            cases.append(one)
                        }
                    }
                }
            }
            let gateway = try await GatewayProcess(settings)
            // Each has a route of its own, and most only wait for a time limit: a dozen wait together.
            for start in stride(from: 0, to: cases.count, by: 12) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for one in cases[start..<min(start + 12, cases.count)] {
                        group.addTask {
                            let body = one.client.body(one.model, model: one.model, stream: one.isStream)
                            Self.expect(try await gateway.post(body, to: one.client.path), of: one, table)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let answered = cases.count(where: \.asksNext)
            #expect(well.requests == answered)
            try await eventually("what the other answered is kept") {
                try await gateway.metric("refrain_cache_write_total", "stored") == Double(answered)
            }
            #expect(try await gateway.metric("refrain_cache_write_total", "stored") == Double(answered))
            withExtendedLifetime(mocks) {}
        }

        private static func expect(_ answer: Answer, of one: Case, _ table: FaultTable) {
            let place: Comment = "\(one.model): \(answer.status) \(answer.text.suffix(300))"
            if one.asksNext {
                #expect(answer.status == 200 && answer.text.contains("Well."), place)
                if one.isStream { #expect(answer.text.contains(one.client.terminal), place) }
                return
            }
            switch one.row.outcome[one.isStream] {
            case .answered:
                #expect(answer.status == 200 && !answer.text.contains("Well."), place)
                if one.isStream { #expect(!one.client.isBrokenOff(answer), place) }
            case .brokenOff:
                #expect(answer.status == 200 && one.client.isBrokenOff(answer), place)
            case .refused(let code):
                let wanted = one.client == .messages ? table.messages[code] : table.openAI[code]
                let found = one.client.refusal(answer)
                #expect(answer.status == wanted?.status && found.type == wanted?.type, place)
                if one.client != .messages { #expect(found.code == code, place) }
                if one.row.fault == "429 with Retry-After" { #expect(answer["retry-after"] == "7", place) }
            case nil: Issue.record(place)
            }
        }

        @Test("A client that goes away ends the provider's call in every phase", arguments: SpokenDialect.allCases)
        func gone(dialect: SpokenDialect) async throws {
            let redis = try RedisServer()
            let silent = try await Self.mock { $0.latency = .seconds(60) }
            let stalling = try await Self.mock { $0.stallAfterFrames = 12 }
            var settings = try GatewaySettings(redis, provider: silent.port)
            settings.providers = [
                dialect.provider("silent", port: silent.port), dialect.provider("stalling", port: stalling.port),
            ]
            settings.routes = [("silent", ["silent"]), ("stalling", ["stalling"])]
            settings.variables = SpokenDialect.variables
            let gateway = try await GatewayProcess(settings)
            for client in AskingDialect.allCases {
                for isStream in [false, true] { try await Self.leave(gateway, silent, "silent", client, isStream) }
                try await Self.leave(gateway, stalling, "stalling", client, true)
            }
            try await eventually("every client is counted") {
                try await gateway.metric("refrain_client_gone_total") == Double(3 * AskingDialect.allCases.count)
            }
            #expect(try redis.answerKeys() == 0)
        }

        /// Leaves when the provider has the request or, of one that begins to answer, the client its first bytes.
        private static func leave(
            _ gateway: GatewayProcess, _ mock: Mock, _ model: String, _ dialect: AskingDialect, _ isStream: Bool
        ) async throws {
            let (asked, left) = (mock.requests, mock.cancelled)
            let client = try await ClientConnection.open(port: gateway.port)
            let body = dialect.body("Still there?", model: model, stream: isStream)
            try await client.send(Chat.request("POST", dialect.path, body: body))
            try await eventually("the provider is asked") { mock.requests == asked + 1 }
            if model == "stalling" {
                #expect(try await client.head().status == 200)
                #expect(try await client.piece() != nil)
            }
            try await client.close()
            try await eventually("the provider is left", within: .seconds(10)) { mock.cancelled == left + 1 }
        }

        private static func mock(_ behavior: (inout MockBehavior) -> Void) async throws -> Mock {
            try await Mock {
                $0.apiKey = SpokenDialect.key
                $0.awsAccessKeyID = SpokenDialect.awsKey.identifier
                $0.awsSecretKey = SpokenDialect.awsKey.secret
                behavior(&$0.behavior)
            }
        }
    }
}
