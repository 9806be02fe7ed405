import GatewayCore
import SemanticCache

extension GuardVerdict {
    /// Writes what the guard says, and why.
    func write(into writer: inout JSONWriter) {
        writer.member("guard", word)
        writer.array("reasons") { writer in
            for reason in reasons { writer.string(reason.rawValue) }
        }
    }

    private var word: String {
        switch self {
        case .pass: "pass"
        case .caution: "caution"
        case .veto: "veto"
        }
    }

    private var reasons: [GuardReason] {
        if case .veto(let reason) = self { return [reason] }
        return cautions.reasons
    }
}
