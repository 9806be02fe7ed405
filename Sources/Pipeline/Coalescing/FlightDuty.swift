import GatewayCore
import NIOConcurrencyHelpers
import ProviderAPIs
import SemanticCache

/// What who makes a call owes to those who wait for the same answer, in this process and in others. Dropped, it goes to
/// one of them.
final class FlightDuty: Sendable {
    let lead: FlightLead<SharedPiece>
    /// What the fleet is to be asked before a provider is; nil where only this process shares.
    let question: FleetQuestion?
    private let held: NIOLockedValueBox<FleetLease?>

    /// - Parameters:
    ///   - question: nil when the fleet needs not be asked, or was.
    ///   - lease: the fleet's lead, if it was given.
    init(lead: FlightLead<SharedPiece>, question: FleetQuestion? = nil, lease: FleetLease? = nil) {
        self.lead = lead
        self.question = question
        held = NIOLockedValueBox(lease)
    }

    /// The fleet's lead; nil where only this process shares.
    var lease: FleetLease? { held.withLockedValue { $0 } }

    /// Whether the fleet must be asked before a provider is.
    var isAsking: Bool { question != nil }

    /// Asks the fleet. One round trip.
    /// - Returns: nil when the call is this one's to make; else who answers the question, for
    ///   ``Coalescing/wait(for:_:)``.
    func ask() async -> FleetFlights.Claim? {
        guard let question else { return nil }
        let claim = await question.ask()
        switch claim {
        case .granted(let lease, let rivals):
            if question.seeker.match(among: rivals) != nil { return claim }
            held.withLockedValue { $0 = lease }
            question.offerParts(of: lead, lease)
            return nil
        case .unavailable: return nil
        case .held, .stored: return claim
        }
    }

    /// The client, and with it those who wait for its answer: the call is ended when all are gone.
    func presence(of client: any ClientPresence) -> any ClientPresence {
        CrowdPresence(client: client, lead: lead)
    }

    /// Shows a stream of this target to those who wait.
    func sharing(_ target: Target) -> @Sendable (ServerSentEvent) -> Void {
        lead.append(.opened(target))
        return { [lead] event in lead.append(SharedPiece(event)) }
    }

    /// The answer is whole.
    func land(_ answer: ChatAnswer, to request: AnalyzedRequest, _ outcome: WriteOutcome) {
        // What tells who asked is for nobody else: those who wait for the whole ask themselves.
        guard answer.isComplete, outcome != .personal else { return landParts(usage: answer.usage) }
        let isStored = outcome == .stored || outcome == .storedExact
        let isFit =
            switch outcome {
            case .stored, .storedExact, .superseded: true
            // What could not be stored only because there is no store, or no room, may be shared all the same.
            case .overQuota: true
            case .storeDown: AnswerAdmission.refusal(of: answer, to: request, bytesLimit: .max) == nil
            default: false
            }
        lease?.end(isKept: isStored || outcome == .superseded)
        lead.land(
            FlightLanding(
                answer: answer.json, model: answer.model, usage: answer.usage, entry: lead.key.entry, isFit: isFit,
                isStored: isStored))
    }

    /// A stream is whole, but only who has read its parts has the answer.
    func landParts(usage: TokenUsage?) {
        lease?.end(isKept: false)
        lead.land(
            FlightLanding(
                answer: nil, model: nil, usage: usage, entry: lead.key.entry, isFit: false, isStored: false))
    }

    /// There is no answer.
    /// - Parameters:
    ///   - isOwn: whether this request alone is concerned, whose time was over.
    ///   - wasCalled: whether any provider was asked.
    ///   - api: which its client speaks.
    func fail(_ error: GatewayError, isOwn: Bool, wasCalled: Bool = true, api: ClientAPI) {
        lease?.end(isKept: false)
        let kind: FlightFailure.Kind = isOwn ? .own : Self.kind(of: error.code, wasCalled: wasCalled)
        lead.fail(FlightFailure(kind, error, api: api))
    }

    private static func kind(of code: GatewayErrorCode, wasCalled: Bool) -> FlightFailure.Kind {
        switch code {
        case .rateLimited, .budgetExhausted, .overloaded, .noCompliantTarget: wasCalled ? .provider : .denied
        case .clientGone, .storeUnavailable, .notCached: .own
        case .invalidJSON, .invalidRequest, .providerRefused, .contextTooLong, .contentRefused, .modelNotFound,
            .notFound, .bodyTooLarge, .unauthorized, .methodNotAllowed, .previousResponseNotFound:
            .request
        case .providerFailed, .providerTimeout, .streamTruncated, .internalFault, .requestTimeout: .provider
        }
    }
}
