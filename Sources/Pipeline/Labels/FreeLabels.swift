package import GatewayCore
import NIOConcurrencyHelpers
package import SemanticCache

/// Learns from the answers that were fetched anyway: whether the nearest stored one would have been right.
///
/// All wait in one queue. Equal answers teach when their turn comes. Others are compared by their meaning, one pair at
/// a time and for a tenth of the time at most, as the encoder has requests to serve. What does not fit is left out, and
/// nothing of what it would have taught decides about that: else the labels of a busy time would be too good.
package final class FreeLabels: Sendable {
    /// A fresh answer and the decision it can teach.
    struct Pair: Sendable {
        let ticket: DecisionTicket
        /// The fresh one's text.
        let answer: String
        let place: CachePlace
        let tenant: TenantID
        /// Nil where nobody else is to hear of it.
        let subject: AuditSubject?
        /// Whether it says the same in the same words.
        let isEqual: Bool
    }

    /// Pairs that wait to be compared; the oldest are dropped for newer ones.
    private static let capacity = 256
    /// Longer answers teach nothing, be they equal: the encoder would read their beginning alone, and labels of equal
    /// ones only would all be good.
    private static let longestAnswer = 8 * 1024
    /// Of the time it takes to compare, so long is the pause behind it.
    private static let pauseFactor = 9.0
    private static let longestPause: Duration = .seconds(2)

    private let desk: DecisionDesk
    private let store: any CacheStore
    private let groups: any AnswerGrouping
    private let encoder: EncoderStage
    private let audits: AuditDesk?
    private let tally = NIOLockedValueBox(LabelTally())
    private let waiting: AsyncStream<Pair>
    private let waiter: AsyncStream<Pair>.Continuation

    /// - Parameters:
    ///   - store: where stored answers are read.
    ///   - groups: where it is noted that two answers are the same.
    ///   - audits: hears of what was compared, and looks into what comparing cannot tell.
    package init(
        desk: DecisionDesk, store: any CacheStore, groups: any AnswerGrouping, encoder: EncoderStage,
        audits: AuditDesk? = nil
    ) {
        self.audits = audits
        self.desk = desk
        self.store = store
        self.groups = groups
        self.encoder = encoder
        (waiting, waiter) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    /// What was compared so far.
    package var counts: LabelTally { tally.withLockedValue { $0 } }

    /// Takes a fresh answer that is whole. One that would not be stored teaches nothing, and none does of an operator's
    /// answer. Returns at once.
    /// - Parameter subject: for those who look into stored answers.
    package func take(
        _ answer: ChatAnswer, to request: AnalyzedRequest, ticket: DecisionTicket, subject: AuditSubject? = nil
    ) {
        guard !AnswerGroup.isOfOperator(ticket.decision.group), let text = answer.text, let place = request.place,
            AnswerAdmission.refusal(of: answer, to: request, bytesLimit: .max) == nil
        else { return }
        let pair = Pair(
            ticket: ticket, answer: text, place: place, tenant: request.labels.tenant,
            subject: audits == nil ? nil : subject, isEqual: AnswerGroup.of(text) == ticket.decision.group)
        guard text.utf8.count <= Self.longestAnswer else {
            note { $0.add(.unsure) }
            if !pair.isEqual { doubt(pair) }
            return
        }
        if case .dropped = waiter.yield(pair) { note { $0.addDropped() } }
    }

    /// Nobody could tell whether both say the same.
    private func doubt(_ pair: Pair) {
        if let subject = pair.subject { audits?.doubted(pair.ticket, subject: subject) }
    }

    /// Compares what waits until the task is cancelled.
    package func run() async {
        for await pair in waiting {
            if pair.isEqual {
                await learnEqual(pair)
                continue
            }
            let start = ContinuousClock.now
            await compare(pair)
            try? await Task.sleep(for: min(start.duration(to: .now) * Self.pauseFactor, Self.longestPause))
        }
    }

    private func learnEqual(_ pair: Pair) async {
        desk.learn(pair.ticket, same: true)
        note { $0.add(.same) }
        // The record wants to know of it, too.
        if pair.subject != nil, let stored = await stored(for: pair) { await tell(of: pair, .rightByEquality, stored) }
    }

    private func compare(_ pair: Pair) async {
        let ticket = pair.ticket
        guard let stored = await stored(for: pair), let text = stored.text else { return }
        let verdict = AnswerLikeness.verdict(
            fresh: pair.answer, stored: text, cosine: await cosine(pair.answer, text))
        defer { note { $0.add(verdict) } }
        switch verdict {
        case .unsure: doubt(pair)
        case .different:
            desk.learn(ticket, same: false)
            await tell(of: pair, .different, stored)
        case .same:
            desk.learn(ticket, same: true)
            try? await groups.join(
                pair.place.entry, in: pair.place.partition, of: pair.tenant, to: ticket.decision.group)
            await tell(of: pair, .rightByLikeness, stored)
        }
    }

    private func stored(for pair: Pair) async -> StoredEntry? {
        try? await store.load(pair.ticket.entry, in: pair.ticket.partition, of: pair.tenant)
    }

    private func tell(of pair: Pair, _ outcome: AuditOutcome, _ stored: StoredEntry) async {
        guard let audits, let subject = pair.subject else { return }
        await audits.compared(pair.ticket, subject: subject, as: outcome, with: stored)
    }

    /// Nil where one of both has no vector, as when it is too long.
    private func cosine(_ one: String, _ other: String) async -> Float? {
        if AnswerGroup.equals(one, other) { return nil }
        guard other.utf8.count <= Self.longestAnswer, case .success(let first) = await encoder.embed(one),
            case .success(let second) = await encoder.embed(other)
        else { return nil }
        return zip(first.embedding.components, second.embedding.components).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func note(_ change: (inout LabelTally) -> Void) { tally.withLockedValue { change(&$0) } }
}
