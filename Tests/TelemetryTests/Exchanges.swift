import GatewayCore

/// Made-up records for the tests.
enum Exchanges {
    static let start = ContinuousClock.now

    static func record(_ change: (inout ExchangeRecord) -> Void = { _ in }) -> ExchangeRecord {
        var record = ExchangeRecord(requestID: RequestID(), received: start)
        record.tenant = TenantID("acme")
        record.route = "gpt-4o"
        record.status = 200
        record.timings.total = .milliseconds(12)
        record.timings.analyze = .microseconds(100)
        record.timings.findExact = .microseconds(250)
        change(&record)
        return record
    }

    static func semanticHit(_ change: (inout ExchangeRecord) -> Void = { _ in }) -> ExchangeRecord {
        record {
            $0.outcome = .hitSemantic
            $0.similarity = 0.96875
            $0.entry = EntryID(bytes: [UInt8](repeating: 0xAB, count: 16))
            $0.age = .milliseconds(61_999)
            $0.usage = TokenUsage(promptTokens: 10, completionTokens: 20)
            $0.timings.embed = .milliseconds(1)
            $0.timings.findSimilar = .microseconds(400)
            $0.resolvedModel = "gpt-4o-2024-08-06"
            change(&$0)
        }
    }

    static func miss(_ change: (inout ExchangeRecord) -> Void = { _ in }) -> ExchangeRecord {
        record {
            $0.outcome = .miss
            $0.missReason = .below
            $0.similarity = 0.5
            $0.attempts = [
                AttemptRecord(deployment: DeploymentID("east"), result: "status_429", firstByte: .milliseconds(30)),
                AttemptRecord(deployment: DeploymentID("west"), result: "ok", firstByte: .milliseconds(700)),
            ]
            $0.usage = TokenUsage(promptTokens: 100, completionTokens: 200)
            $0.write = .stored
            $0.timings.upstream = .milliseconds(740)
            $0.resolvedModel = "gpt-4o-2024-08-06"
            change(&$0)
        }
    }
}
