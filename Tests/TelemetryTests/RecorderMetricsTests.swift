import GatewayCore
import Testing

@testable import Telemetry

@Suite("Recorder: metrics")
struct RecorderMetricsTests {
    /// Records all of them and scrapes.
    private func parsed(_ records: ExchangeRecord...) throws -> ExpositionParser {
        let registry = PrometheusRegistry()
        let recorder = Recorder(instruments: Instruments(factory: registry), logger: CapturedLog().logger())
        for record in records { recorder.record(record) }
        return try exposition(registry)
    }

    @Test("A semantic hit counts as served and its tokens as replayed")
    func hit() throws {
        let parsed = try parsed(Exchanges.semanticHit())
        let labels = ["route": "gpt-4o", "outcome": "hit-semantic", "status_class": "2xx"]
        #expect(parsed.value("refrain_requests_total", labels) == 1)
        #expect(parsed.value("refrain_similarity_count", ["kind": "served"]) == 1)
        #expect(parsed.value("refrain_similarity_sum", ["kind": "served"]) == 0.96875)
        #expect(parsed.value("refrain_similarity_count", ["kind": "best_rejected"]) == 0)
        #expect(parsed.value("refrain_tokens_total", ["kind": "replayed_prompt"]) == 10)
        #expect(parsed.value("refrain_tokens_total", ["kind": "replayed_completion"]) == 20)
        #expect(parsed.value("refrain_tokens_total", ["kind": "spent_prompt"]) == 0)
        #expect(parsed.value("refrain_request_duration_seconds_sum", ["outcome": "hit-semantic"]) == 0.012)
        // 100 + 250 + 1,000 + 400 µs.
        #expect(parsed.value("refrain_overhead_seconds_sum", ["outcome": "hit-semantic"]) == 0.001_75)
        #expect(parsed.value("refrain_stage_duration_seconds_sum", ["stage": "embed"]) == 0.001)
        #expect(parsed.value("refrain_stage_duration_seconds_count", ["stage": "upstream"]) == 0)
    }

    @Test("A miss counts its reason, every attempt, what was spent and what was written")
    func miss() throws {
        let parsed = try parsed(
            Exchanges.miss(), Exchanges.miss { $0.missReason = .guardNumber; $0.write = .truncated })
        #expect(parsed.value("refrain_cache_miss_total", ["reason": "below"]) == 1)
        #expect(parsed.value("refrain_cache_miss_total", ["reason": "guard:number"]) == 1)
        #expect(parsed.value("refrain_cache_miss_total", ["reason": "expired"]) == 0)
        #expect(parsed.value("refrain_cache_write_total", ["outcome": "stored"]) == 1)
        #expect(parsed.value("refrain_cache_write_total", ["outcome": "truncated"]) == 1)
        let attempts = "refrain_provider_attempts_total"
        #expect(parsed.value(attempts, ["deployment": "east", "result": "status_429"]) == 2)
        #expect(parsed.value(attempts, ["deployment": "west", "result": "ok"]) == 2)
        #expect(parsed.value("refrain_provider_first_byte_seconds_sum", ["deployment": "west"]) == 1.4)
        #expect(parsed.value("refrain_similarity_count", ["kind": "best_rejected"]) == 2)
        #expect(parsed.value("refrain_tokens_total", ["kind": "spent_completion"]) == 400)
        #expect(parsed.value("refrain_stage_duration_seconds_sum", ["stage": "upstream"]) == 1.48)
    }

    @Test("Calls of targets that fail, for want of a better one, are counted by their route")
    func lastResort() throws {
        let parsed = try parsed(Exchanges.miss { $0.attempts[0].isLastResort = true }, Exchanges.miss())
        #expect(parsed.value("refrain_last_resort_calls_total", ["route": "gpt-4o"]) == 1)
    }

    @Test("A request refused before the cache is counted without inventing labels")
    func refused() throws {
        let parsed = try parsed(
            Exchanges.record { $0.route = nil; $0.status = 401; $0.errorCode = .unauthorized },
            Exchanges.record { $0.status = 0; $0.isClientGone = true; $0.timings.total = nil },
            Exchanges.record { $0.status = -7 }, Exchanges.record { $0.status = 600 })
        let name = "refrain_requests_total"
        #expect(parsed.value(name, ["route": "none", "outcome": "none", "status_class": "4xx"]) == 1)
        #expect(parsed.value(name, ["route": "gpt-4o", "outcome": "none", "status_class": "none"]) == 3)
        #expect(parsed.value("refrain_errors_total", ["code": "invalid_api_key"]) == 1)
        #expect(parsed.value("refrain_client_gone_total") == 1)
        // Also the one whose end nobody timed.
        #expect(parsed.value("refrain_request_duration_seconds_count", ["outcome": "none"]) == 4)
    }

    @Test("A bypass spends tokens and counts why the cache was left alone")
    func bypass() throws {
        let parsed = try parsed(Exchanges.miss { $0.outcome = .bypass; $0.missReason = .callerBypass })
        #expect(parsed.value("refrain_cache_miss_total", ["reason": "caller_bypass"]) == 1)
        #expect(parsed.value("refrain_tokens_total", ["kind": "spent_prompt"]) == 100)
    }

    @Test("Token counts a provider makes up cannot turn the counter back or fill it")
    func absurdUsage() throws {
        let parsed = try parsed(
            Exchanges.miss { $0.usage = TokenUsage(promptTokens: .min, completionTokens: .max) },
            Exchanges.miss { $0.usage = TokenUsage(promptTokens: -1, completionTokens: .max) })
        #expect(parsed.value("refrain_tokens_total", ["kind": "spent_prompt"]) == 0)
        #expect(parsed.value("refrain_tokens_total", ["kind": "spent_completion"]) == 200_000_000)
    }

    @Test("Durations of any size, and similarities that are no numbers, are taken without a trap")
    func absurdDurations() throws {
        let parsed = try parsed(
            Exchanges.miss {
                $0.timings.total = .seconds(Int64.max)
                $0.timings.embed = .seconds(Int64.min)
                $0.similarity = .nan
            })
        #expect(parsed.value("refrain_request_duration_seconds_count", ["outcome": "miss"]) == 1)
        #expect(parsed.value("refrain_similarity_count", ["kind": "best_rejected"]) == 0)
    }

    @Test("Denials, picks and choices are counted by their kind")
    func routing() throws {
        let parsed = try parsed(
            Exchanges.record { $0.refusal = LimitRefusal(.tenant, .inputTokens); $0.picks = [.denied] },
            Exchanges.miss { $0.picks = [.granted, .grantedAlone, .granted]; $0.stage = .semantic })
        #expect(
            parsed.value("refrain_limit_denials_total", ["scope": "tenant", "dimension": "input_tokens"]) == 1)
        #expect(parsed.value("refrain_limit_denials_total", ["scope": "provider", "dimension": "blocked"]) == 0)
        #expect(parsed.value("refrain_picks_total", ["result": "granted"]) == 2)
        #expect(parsed.value("refrain_picks_total", ["result": "granted_alone"]) == 1)
        #expect(parsed.value("refrain_picks_total", ["result": "denied"]) == 1)
        #expect(
            parsed.value("refrain_route_decisions_total", ["route": "gpt-4o", "stage": "semantic"]) == 1)
    }

    @Test("Money is counted in dollars, what no request costs is not, and budgets show their share")
    func money() throws {
        let budget = BudgetNote(scope: "tenant acme", period: "day", committed: 9_000, limit: 10_000)
        let parsed = try parsed(
            Exchanges.miss { $0.attempts[1].cost = 250_000_000; $0.budgets = [budget] },
            Exchanges.miss { $0.attempts[1].cost = .max }, Exchanges.miss { $0.attempts[1].cost = -5 },
            Exchanges.semanticHit { $0.saved = 500_000_000 })
        #expect(parsed.value("refrain_spend_dollars_total", ["route": "gpt-4o", "deployment": "west"]) == 0.25)
        #expect(parsed.value("refrain_saved_dollars_total", ["route": "gpt-4o"]) == 0.5)
        #expect(
            parsed.value("refrain_budget_used_ratio", ["scope": "tenant acme", "period": "day"]) == 0.9)
    }

    @Test("Records from many tasks at once are all counted")
    func concurrent() async throws {
        let registry = PrometheusRegistry()
        let recorder = Recorder(instruments: Instruments(factory: registry), logger: CapturedLog().logger())
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<500 { recorder.record(Exchanges.miss { $0.route = "route-\(task)" }) }
                }
            }
        }
        let parsed = try exposition(registry)
        for task in 0..<8 {
            let labels = ["route": "route-\(task)", "outcome": "miss", "status_class": "2xx"]
            #expect(parsed.value("refrain_requests_total", labels) == 500)
        }
        #expect(parsed.value("refrain_tokens_total", ["kind": "spent_prompt"]) == 400_000)
    }
}
