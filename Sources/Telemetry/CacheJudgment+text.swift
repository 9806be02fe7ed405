import GatewayCore

extension CacheJudgment {
    /// As the header `x-refrain-cache-class` tells it: `semantic; reason=self_contained; shared_with=user;
    /// personal=state`.
    var text: String {
        var text = "\(reason.ofClass.rawValue); reason=\(reason.rawValue); shared_with=\(sharing.rawValue)"
        if let personal { text += "; personal=\(personal.rawValue)" }
        return text
    }
}
