import GatewayCore
import NIOCore
import RedisClient
import Routing

/// What the limit scripts are called with, and what their answers mean.
enum LimitCommands {
    /// Keys and arguments of one call.
    struct Call {
        var keys: [String] = []
        var arguments: [RedisArgument] = []
    }

    static func pick(_ request: PickRequest, now: UnixTime = .now()) -> Call {
        let scopes = request.scopes.prefix(PickRequest.scopeLimit)
        let candidates = request.candidates.prefix(PickRequest.candidateLimit)
        var call = Call()
        var header = PackedNumbers(capacity: 72)
        header.append(Double(request.mode.rawValue), request.slack, request.draws.0, request.draws.1)
        let most = request.mostTokens
        header.append(Double(most.input), Double(most.output))
        header.append(milliseconds(min(request.life, PickRequest.longestLife)))
        header.append(Double(scopes.count), Double(candidates.count))
        var records = PackedNumbers(capacity: 104 * (scopes.count + candidates.count))
        var tokens = PackedNumbers(capacity: 16 * candidates.count)
        for scope in scopes { append(scope, to: &call, &records, now: now) }
        for candidate in candidates {
            let own = request.tokens(at: candidate)
            tokens.append(Double(own.input), Double(own.output))
            call.keys.append(Keyspace.use(of: candidate.deployment))
            call.keys.append(Keyspace.leases(at: candidate.deployment))
            records.append(candidate.limits, money: candidate.nanodollars, last: Double(candidate.tier), now: now)
        }
        var budgets = PackedNumbers(capacity: 48)
        appendBudgets(of: scopes, to: &call) { budget in
            budgets.append(amount: budget.nanodollars)
            budgets.append(Double(budget.period.rawValue))
        }
        call.arguments = [
            .bytes(header.bytes), .string(request.lease.description), .bytes(records.bytes), .bytes(budgets.bytes),
            .bytes(tokens.bytes),
        ]
        return call
    }

    static func settle(_ settlement: Settlement, now: UnixTime = .now()) -> Call {
        let lease = settlement.lease
        let scopes = lease.scopes.prefix(PickRequest.scopeLimit)
        let used = settlement.counted
        var call = Call()
        var header = PackedNumbers(capacity: 48)
        header.append(Double(lease.second), Double(used.requests - 1))
        header.append(Double(used.inputTokens) - Double(lease.inputTokens))
        header.append(Double(used.outputTokens) - Double(lease.outputTokens))
        header.append(amount: settlement.nanodollars)
        header.append(Double(scopes.count))
        var records = PackedNumbers(capacity: 104 * (scopes.count + 1))
        call.keys.append(Keyspace.use(of: lease.deployment))
        call.keys.append(Keyspace.leases(at: lease.deployment))
        records.append(lease.limits, last: 1, now: now)
        for scope in scopes { append(scope, to: &call, &records, now: now) }
        var periods = PackedNumbers(capacity: 24)
        appendBudgets(of: scopes, to: &call) { periods.append(Double($0.period.rawValue)) }
        call.arguments = [
            .bytes(header.bytes), .string(lease.id.description), .bytes(records.bytes), .bytes(periods.bytes),
            .string(":\(lease.nanodollars)"),
        ]
        return call
    }

    static func feedback(_ truth: ProviderTruth, now: UnixTime = .now()) -> Call {
        var record = PackedNumbers(capacity: 104)
        record.append(truth.limits, last: 0, now: now)
        let longest = ProviderTruth.longestWord
        var waits = [Double](repeating: 0, count: 6)
        var remaining = [Double](repeating: -1, count: 6)
        var resets = [Double](repeating: 0, count: 6)
        for block in truth.blocks {
            let index = block.dimension.rawValue
            waits[index] = max(waits[index], milliseconds(min(block.wait, longest)))
        }
        for reading in truth.readings {
            remaining[reading.dimension.rawValue] = Double(max(0, reading.remaining))
            resets[reading.dimension.rawValue] = milliseconds(min(reading.reset, longest))
        }
        var said = PackedNumbers(capacity: 152)
        for number in waits + remaining + resets { said.append(number) }
        said.append(milliseconds(min(truth.uncounted, .seconds(60))))
        return Call(
            keys: [Keyspace.use(of: truth.deployment)], arguments: [.bytes(record.bytes), .bytes(said.bytes)])
    }

    static func renew(_ leases: ArraySlice<Lease>) -> Call {
        var call = Call()
        for lease in leases {
            let life = RedisArgument.integer(Int(milliseconds(lease.life)))
            func hold(_ key: String, _ member: String) {
                call.keys.append(key)
                call.arguments += [life, .string(member)]
            }
            hold(Keyspace.leases(at: lease.deployment), lease.id.description)
            for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
                if scope.limits.concurrency != nil { hold(Keyspace.leases(of: scope.scope), lease.id.description) }
                for budget in scope.budgets {
                    hold(Keyspace.reservations(of: scope.scope, budget.period), "\(lease.id):\(lease.nanodollars)")
                }
            }
        }
        return call
    }

    private static func append(
        _ scope: ScopeLimits, to call: inout Call, _ records: inout PackedNumbers, now: UnixTime
    ) {
        call.keys.append(Keyspace.use(by: scope.scope))
        call.keys.append(Keyspace.leases(of: scope.scope))
        records.append(scope.limits, last: scope.limits.countUse ? 1 : 0, now: now)
    }

    private static func appendBudgets(
        of scopes: ArraySlice<ScopeLimits>, to call: inout Call, _ each: (HardBudget) -> Void
    ) {
        for scope in scopes {
            for budget in scope.budgets {
                call.keys.append(Keyspace.budget(of: scope.scope, budget.period))
                call.keys.append(Keyspace.reservations(of: scope.scope, budget.period))
                each(budget)
            }
        }
    }

    /// Whole milliseconds, not below zero: the scripts use them as scores and lives of keys.
    private static func milliseconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return max(0, Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000_000))
    }
}
