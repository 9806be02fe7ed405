import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("What follows a failed call")
struct RetryCourseTests {
    private static let failure = CallFailure(.target, .status(503))

    private func rule(attempts: Int = 3) -> RetryRule {
        var rule = RetryRule()
        rule.attempts = attempts
        rule.base = .milliseconds(100)
        rule.longest = .seconds(1)
        return rule
    }

    private func steps(
        _ count: Int, of failure: CallFailure, retry: RetryRule = .none, fallback: FallbackRule = FallbackRule(),
        lists: FallbackLists = FallbackLists(), seed: UInt64 = 1
    ) -> [RetryCourse.Step] {
        var (course, generator) = (RetryCourse(), SeededGenerator(seed: seed))
        return (0..<count).map { _ in
            course.step(after: failure, retry: retry, fallback: fallback, lists: lists, using: &generator)
        }
    }

    @Test("Waits are drawn evenly up to a bound that doubles, to the longest")
    func jitter() throws {
        var sums = [Duration](repeating: .zero, count: 6)
        let bounds = [100, 200, 400, 800, 1_000, 1_000].map { Duration.milliseconds($0) }
        for seed in 1...2_000 as ClosedRange<UInt64> {
            for (index, step) in steps(6, of: Self.failure, retry: rule(attempts: 6), seed: seed).enumerated() {
                guard case .again(let wait) = step else { Issue.record("\(step), seed \(seed)"); return }
                #expect(wait >= .zero && wait <= bounds[index])
                sums[index] += wait
            }
        }
        for (sum, bound) in zip(sums, bounds) {
            // The mean of 2,000 even draws is within 5 % of the middle (7 standard errors).
            #expect(abs(sum / 2_000 / bound - 0.5) < 0.05)
        }
    }

    @Test("After so many calls again the next target follows")
    func count() {
        let steps = steps(3, of: Self.failure, retry: rule(attempts: 2))
        #expect(steps.last == .next)
        #expect(!steps.dropLast().contains(.next))
    }

    @Test("The provider's wait counts as it is, unless it is too long")
    func asked() {
        let short = CallFailure(.target, .status(429), retryAfter: .milliseconds(900))
        #expect(steps(1, of: short, retry: rule()) == [.again(after: .milliseconds(900))])
        let long = CallFailure(.target, .status(429), retryAfter: .milliseconds(1_001))
        #expect(steps(1, of: long, retry: rule()) == [.next])
    }

    @Test("What never left is sent once more on a new connection, also without a rule")
    func connection() {
        #expect(steps(2, of: CallFailure(.connection, .broken)) == [.again(after: .zero), .next])
    }

    @Test("Only listed failures are called again", arguments: [
        (FailureSign.status(501), RetryCourse.Step.next), (.timeout, .next), (.broken, .next),
    ])
    func unlisted(sign: FailureSign, step: RetryCourse.Step) {
        #expect(steps(1, of: CallFailure(.target, sign), retry: rule()) == [step])
        var listing = rule()
        listing.signs = [sign]
        #expect(steps(1, of: CallFailure(.target, sign), retry: listing) != [step])
    }

    @Test("Each fault has its way", arguments: [
        (CallFailure.Fault.request, RetryCourse.Step.stop), (.contentPolicy, .stop), (.contextTooLong, .nextLarger),
        (.unknownModel, .next), (.dialect, .next), (.target, .next),
    ])
    func faults(fault: CallFailure.Fault, step: RetryCourse.Step) {
        #expect(steps(1, of: CallFailure(fault, .status(400))) == [step])
    }

    @Test("A list of statuses decides alone, but not of what has none, is too long or not allowed")
    func statuses() {
        let fallback = FallbackRule(statuses: [400, 503])
        func step(_ fault: CallFailure.Fault, _ sign: FailureSign) -> RetryCourse.Step? {
            steps(1, of: CallFailure(fault, sign), fallback: fallback).first
        }
        #expect(step(.target, .status(503)) == .next)
        #expect(step(.target, .status(500)) == .stop)
        #expect(step(.target, .timeout) == .next)
        #expect(step(.request, .status(400)) == .next)
        #expect(step(.request, .broken) == .stop)
        #expect(step(.contentPolicy, .status(400)) == .stop)
    }

    @Test("Configured lists are followed")
    func lists() {
        var lists = FallbackLists()
        lists.contextTooLong = [DeploymentID("a")]
        lists.contentPolicy = [DeploymentID("b")]
        #expect(steps(1, of: CallFailure(.contextTooLong, .broken), lists: lists) == [.nextOf([DeploymentID("a")])])
        #expect(steps(1, of: CallFailure(.contentPolicy, .broken), lists: lists) == [.nextOf([DeploymentID("b")])])
    }
}
