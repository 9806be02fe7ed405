import GatewayCore

/// The rules that no choice may break. What is not known of a target breaks every rule about where and how data is
/// kept, but not those about what a model can do: there the provider itself will say no.
struct HardFilters {
    let traits: RequestTraits
    let constraints: RoutingConstraints

    /// The first rule the target breaks, in the order: capabilities, context, place, keeping, sensitivity, list. Money
    /// is the pick's concern.
    func rejection(of target: SelectionTarget, estimate: TokenEstimate) -> Rejection? {
        let profile = target.profile
        if let can = profile?.capabilities {
            let missing = traits.needs.subtracting(can)
            if !missing.isEmpty { return .capabilities(missing: missing) }
        }
        if traits.sharesWindow, let window = profile?.contextTokens {
            let (sum, overflows) = estimate.input.addingReportingOverflow(estimate.demandedOutput)
            let needed = overflows ? .max : sum
            if needed > window { return .contextLength(needed: needed, window: window) }
        }
        return place(profile) ?? keeping(profile) ?? tenancy(target)
    }

    private func place(_ profile: ModelProfile?) -> Rejection? {
        if let regions = constraints.regions, !contains(regions, profile?.region) { return .region(profile?.region) }
        if let laws = constraints.jurisdictions, !contains(laws, profile?.jurisdiction) {
            return .jurisdiction(profile?.jurisdiction)
        }
        return nil
    }

    private func keeping(_ profile: ModelProfile?) -> Rejection? {
        if let limit = constraints.retention {
            guard let retention = profile?.retention, retention <= limit else {
                return .retention(profile?.retention)
            }
        }
        if let sensitivity = constraints.sensitivity, sensitivity > profile?.clearance ?? .open {
            return .sensitivity(profile?.clearance)
        }
        return nil
    }

    private func tenancy(_ target: SelectionTarget) -> Rejection? {
        if let providers = constraints.providers, !providers.contains(target.provider) { return .notAllowed }
        if let models = constraints.models, !models.contains(where: { Self.name(target.model, fits: $0) }) {
            return .notAllowed
        }
        return nil
    }

    private func contains(_ allowed: Set<String>, _ place: String?) -> Bool { place.map(allowed.contains) ?? false }

    private static func name(_ name: String, fits pattern: String) -> Bool {
        pattern.utf8.last == UInt8(ascii: "*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }
}
