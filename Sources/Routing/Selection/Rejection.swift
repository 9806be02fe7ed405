package import GatewayCore

/// Why a target may not take a request.
package enum Rejection: Sendable, Equatable {
    /// Its match rule does not fit, or another target's fits better than its having none.
    case match
    case capabilities(missing: ModelCapabilities)
    case contextLength(needed: Int, window: Int)
    case region(String?)
    case jurisdiction(String?)
    case retention(RetentionClass?)
    case sensitivity(SensitivityClass?)
    case notAllowed

    /// For metrics and programs.
    package var code: String {
        switch self {
        case .match: "match_rule"
        case .capabilities: "capabilities"
        case .contextLength: "context_length"
        case .region: "region"
        case .jurisdiction: "jurisdiction"
        case .retention: "retention"
        case .sensitivity: "sensitivity"
        case .notAllowed: "not_allowed"
        }
    }

    /// For people; empty when the code says it all.
    package var detail: String {
        switch self {
        case .match, .notAllowed: ""
        case .capabilities(let missing): "lacks \(missing.names.joined(separator: ", "))"
        case .contextLength(let needed, let window): "needs \(needed) tokens of \(window)"
        case .region(let place), .jurisdiction(let place): place ?? "not known"
        case .retention(let retention): retention?.rawValue ?? "not known"
        case .sensitivity(let clearance): "cleared for \((clearance ?? .open).rawValue)"
        }
    }
}
