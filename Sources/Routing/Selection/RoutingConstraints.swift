package import GatewayCore

/// What targets a request may go to at all: its tenant's rules, tightened by its own labels.
package struct RoutingConstraints: Sendable, Equatable {
    /// Models the tenant may use, by their names at the provider; nil: all. `*` at the end stands for any ending.
    package var models: [String]?
    /// Providers the tenant may use; nil: all.
    package var providers: Set<String>?
    /// Nil: anywhere.
    package var jurisdictions: Set<String>?
    /// Nil: anywhere.
    package var regions: Set<String>?
    /// The laxest class of keeping that is allowed; nil: any.
    package var retention: RetentionClass?
    /// How sensitive the request is; nil: not said.
    package var sensitivity: SensitivityClass?

    package init() {}

    /// The same with the labels `region`, `jurisdiction`, `retention` and `sensitivity` of a request applied. Labels
    /// can only tighten.
    /// - Throws: `invalidRequest` for a class that does not exist: a rule that is misspelt must not be no rule.
    package func tightened(by labels: [String: String]) throws(GatewayError) -> RoutingConstraints {
        var tight = self
        if let region = labels["region"] { tight.regions = Self.narrowed(regions, to: region) }
        if let law = labels["jurisdiction"] { tight.jurisdictions = Self.narrowed(jurisdictions, to: law) }
        if let label = labels["retention"] {
            let asked = try Self.value(RetentionClass.self, label, "retention")
            tight.retention = min(asked, retention ?? asked)
        }
        if let label = labels["sensitivity"] {
            let asked = try Self.value(SensitivityClass.self, label, "sensitivity")
            tight.sensitivity = max(asked, sensitivity ?? asked)
        }
        return tight
    }

    private static func narrowed(_ allowed: Set<String>?, to value: String) -> Set<String> {
        allowed.map { $0.intersection([value]) } ?? [value]
    }

    private static func value<Value: RawRepresentable & CaseIterable>(
        _ type: Value.Type, _ text: String, _ label: String
    ) throws(GatewayError) -> Value where Value.RawValue == String {
        if let value = Value(rawValue: text) { return value }
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw GatewayError(.invalidRequest, "the label '\(label)' must be one of \(known)", parameter: "metadata")
    }
}
