import NIOCore
import RedisClient
import Routing

/// What the pick script answered, as ``LimitScripts/pickBody`` describes it.
struct LimitReply {
    private let numbers: [Double]

    init(_ reply: RedisReply) throws(LimitError) {
        guard let bytes = reply.bytes else { throw LimitError(.malformed, "expected numbers of the pick script") }
        numbers = PackedNumbers.numbers(in: bytes)
    }

    func result(of request: PickRequest) throws(LimitError) -> PickResult {
        switch numbers.first {
        case 1: .granted(try grant(request))
        case 0: .denied(try denial(request))
        default: throw LimitError(.malformed, "expected 0 or 1 from the pick script, found \(numbers.count) numbers")
        }
    }

    private func grant(_ request: PickRequest) throws(LimitError) -> Grant {
        let scopes = request.scopes.prefix(PickRequest.scopeLimit)
        let budgets = scopes.reduce(0) { $0 + $1.budgets.count }
        guard numbers.allSatisfy({ abs($0) <= Self.largest }), numbers.count == 4 + 6 * scopes.count + budgets,
            let candidate = Int(exactly: numbers[1]), request.candidates.indices.contains(candidate),
            let time = Int(exactly: numbers[2]), time >= 0
        else { throw LimitError(.malformed, "a grant of \(numbers.count) numbers for \(scopes.count) scopes") }
        var book = StandingBook()
        for (index, scope) in scopes.enumerated() {
            let start = 4 + 6 * index
            book.add(Array(numbers[start..<(start + 6)]), scope.limits, now: numbers[2])
        }
        let lease = Lease(of: request, candidate: candidate, second: time / 1000, holder: .shared)
        return Grant(
            candidate: candidate, lease: lease, standings: book.standings,
            committed: numbers.suffix(budgets).map(Self.whole), isNearBudget: numbers[3] == 1)
    }

    private func denial(_ request: PickRequest) throws(LimitError) -> Denial {
        guard numbers.count == 7, let cause = cause(request) else {
            throw LimitError(.malformed, "a denial of \(numbers.count) numbers that names nothing of the request")
        }
        let dimension = Int(exactly: numbers[3]).flatMap { LimitDimension(rawValue: $0 - 1) }
        return Denial(
            cause: cause, dimension: dimension, limit: numbers[4] < 0 ? nil : Self.whole(numbers[4]),
            used: Self.whole(numbers[5]),
            retryAfter: numbers[6] < 0 ? nil : .milliseconds(Self.whole(numbers[6])))
    }

    private func cause(_ request: PickRequest) -> Denial.Cause? {
        let scopes = request.scopes.prefix(PickRequest.scopeLimit)
        guard let index = Int(exactly: numbers[2]), index >= 0 else { return nil }
        switch numbers[1] {
        case 1 where index < scopes.count:
            let scope = scopes[index].scope
            return numbers[3] == 7 ? .concurrency(scope) : .scope(scope)
        case 2:
            let budgets = scopes.flatMap { scope in scope.budgets.map { (scope.scope, $0.period) } }
            return index < budgets.count ? .budget(budgets[index].0, budgets[index].1) : nil
        case 3: return .upstream
        default: return nil
        }
    }

    /// No use and no time is larger.
    private static let largest = 1e16

    /// Rounded up; what no `Int` holds becomes a very large one.
    private static func whole(_ number: Double) -> Int {
        Int(exactly: min(max(number, -largest), largest).rounded(.up)) ?? 0
    }
}
