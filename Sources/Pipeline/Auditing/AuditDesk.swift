import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache
import Telemetry

/// Looks into stored answers beside the way of requests: whether they were right where they were served, and would have
/// been where they were not. What it finds teaches the decision as often as the same is drawn, makes verified questions
/// other names of an entry, and keeps a wrong answer from its question.
///
/// Cases wait in a queue of their own with a bound; a request never waits for anything here.
package final class AuditDesk: Sendable {
    private struct State {
        var queue: AuditQueue<AuditCase, AuditOutcome>
        var sampler: AuditSampler
        var underWay = 0
    }

    private let rules: AuditRules
    private let inspection: AuditInspection
    private let lessons: AuditLessons
    private let accusations: any AccusationStore
    private let onVeto: @Sendable (EntryID, PartitionID) -> Void
    private let state: NIOLockedValueBox<State>
    private let draw: @Sendable () -> Double
    /// Rings when a case came or one ended; rings of a busy time come as one.
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - accusations: where it is noted which answers are wrong for a question.
    ///   - onVeto: is told of entries that this replica knows better than by the change log.
    init(
        rules: AuditRules, inspection: AuditInspection, lessons: AuditLessons, accusations: any AccusationStore,
        onVeto: @escaping @Sendable (EntryID, PartitionID) -> Void = { _, _ in },
        draw: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.rules = rules
        self.inspection = inspection
        self.lessons = lessons
        self.accusations = accusations
        self.onVeto = onVeto
        self.draw = draw
        state = NIOLockedValueBox(
            State(queue: AuditQueue(limit: rules.queueLimit), sampler: AuditSampler(rate: rules.rate)))
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Another question's answer was served. An operator's is not looked into. Awaits nothing but the subject.
    /// - Parameters:
    ///   - ticket: nil where likeness alone decides: the less alike, the more doubtful. Nil also of an alias, which is
    ///     as doubtful as who has found it right.
    ///   - subject: made for the few that are looked into only; nil for what must not be.
    func served(
        _ hit: CacheHit, in partition: PartitionID, ticket: DecisionTicket?, subject: () async -> AuditSubject?
    ) async {
        if let ticket, AnswerGroup.isOfOperator(ticket.decision.group) { return }
        let unlike = hit.similarity.map { Double(1 - min(max($0, 0), 1)) } ?? AuditRules.aliasRisk
        let risk = ticket?.decision.risk ?? unlike
        let draw = draw()
        let (isTaken, share) = state.withLockedValue { state in
            let share = state.sampler.probability(risk: risk)
            return (state.sampler.takes(risk: risk, draw: draw), share)
        }
        guard isTaken, let subject = await subject() else { return }
        let made = UInt64(bitPattern: hit.created?.milliseconds ?? 0)
        add(
            AuditCase(
                kind: .hit, subject: subject, entry: hit.entry, partition: partition,
                answer: ticket?.decision.group ?? made,
                share: Self.share(of: ticket, audited: share), ticket: ticket))
    }

    /// The model has answered, and nobody could tell whether the nearest stored answer says the same. Returns at once.
    func doubted(_ ticket: DecisionTicket, subject: AuditSubject) {
        guard ticket.decision.risk <= AuditRules.largestGreyRisk else { return }
        add(missed(ticket, subject))
    }

    /// The model has answered, and its answer shows whether the stored one is right.
    func compared(
        _ ticket: DecisionTicket, subject: AuditSubject, as outcome: AuditOutcome, with entry: StoredEntry
    ) async {
        let item = missed(ticket, subject)
        // Operators are shown what was wrong.
        let stored = outcome == .different ? (try? await inspection.storedQuestion(of: entry)) : nil
        let finding = AuditFinding(outcome, of: entry, to: stored, cost: 0)
        lessons.recorder.audited(item.kind.rawValue, outcome)
        await lessons.keep(finding, of: item, promotes: rules.promotes)
    }

    /// Looks into what is handed over until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in rings {
                while let item = take() {
                    group.addTask {
                        await self.settle(item)
                        self.state.withLockedValue { $0.underWay -= 1 }
                        self.bell.yield()
                    }
                }
            }
        }
    }

    private func add(_ item: AuditCase) {
        switch state.withLockedValue({ $0.queue.add(item, about: item.pair) }) {
        case .queued: bell.yield()
        case .full: lessons.recorder.audited(item.kind.rawValue, .queueFull)
        case .joined: lessons.recorder.audited(item.kind.rawValue, .known)
        case .settled(let outcome):
            lessons.recorder.audited(item.kind.rawValue, .known)
            if let outcome { again(outcome, of: item) }
        }
    }

    private func take() -> AuditCase? {
        state.withLockedValue { state in
            guard state.underWay < rules.concurrency, let item = state.queue.take() else { return nil }
            state.underWay += 1
            return item
        }
    }

    private func settle(_ item: AuditCase) async {
        switch await inspection.inspect(item) {
        case .found(let finding):
            lessons.recorder.audited(item.kind.rawValue, finding.outcome)
            learn(finding.outcome, of: item)
            for other in state.withLockedValue({ $0.queue.settle(item.pair, as: finding.outcome) }) {
                again(finding.outcome, of: other)
            }
            await keepApart(finding, of: item)
            await lessons.keep(finding, of: item, promotes: rules.promotes)
        case .open(let outcome):
            lessons.recorder.audited(item.kind.rawValue, outcome)
            state.withLockedValue { state in
                switch outcome {
                case .gone, .forbidden: _ = state.queue.settle(item.pair, as: nil)
                // Another time it may be found out.
                default: state.queue.forget(item.pair)
                }
            }
        }
    }

    private func learn(_ outcome: AuditOutcome, of item: AuditCase) {
        guard let ticket = item.ticket else { return }
        lessons.learn(ticket, outcome.isRight, item.kind == .hit ? .audit : .answer)
    }

    /// What was drawn once more counts once more: of a sample no draw may be left out for what it would say.
    private func again(_ outcome: AuditOutcome, of item: AuditCase) {
        learn(outcome, of: item)
        lessons.recorder.labelled(
            item.subject.request, isRight: outcome.isRight, basis: outcome, share: item.share, cost: 0, texts: nil)
    }

    /// Keeps an answer from the question that got it and that the judge finds it wrong for. When the store does not
    /// take that, the pair is looked into again the next time it is drawn.
    private func keepApart(_ finding: AuditFinding, of item: AuditCase) async {
        guard finding.outcome == .wrong, item.kind == .hit, !finding.isOperators else { return }
        let accusation = EntryAccusation(
            entry: finding.entry, partition: item.partition, created: finding.created,
            question: item.subject.place.entry, accuser: nil)
        do throws(CacheStoreError) {
            guard try await accusations.accuse(accusation, of: item.subject.tenant) != .gone else { return }
            onVeto(finding.entry, item.partition)
        } catch {
            state.withLockedValue { $0.queue.forget(item.pair) }
        }
    }

    /// All misses are compared; of what could be served, what is explored.
    private func missed(_ ticket: DecisionTicket, _ subject: AuditSubject) -> AuditCase {
        var share = 1.0
        if case .explore = ticket.decision.action {
            let audited = state.withLockedValue { $0.sampler.probability(risk: ticket.decision.risk) }
            share = Self.share(of: ticket, audited: audited)
        }
        return AuditCase(
            kind: .miss, subject: subject, entry: ticket.entry, partition: ticket.partition,
            answer: ticket.decision.group, share: share, ticket: ticket)
    }

    /// How likely it was that something be found out about what could be served: by exploring, or by an audit.
    private static func share(of ticket: DecisionTicket?, audited: Double) -> Double {
        let explored = ticket?.decision.explorationRate ?? 0
        return explored + (1 - explored) * audited
    }
}
