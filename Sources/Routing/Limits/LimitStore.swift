/// Where use is counted and room is given, for one replica or for the fleet.
package protocol LimitStore: Sendable {
    /// Chooses a deployment with room and reserves everything the call needs, in one step, or reserves nothing.
    ///
    /// - Throws: when it cannot decide; the caller must not take that for a denial.
    func pick(_ request: PickRequest) async throws(LimitError) -> PickResult

    /// Replaces what was reserved by what was used. Returns at once; errors are counted. Of several settlements of
    /// one lease the first counts.
    /// - Parameter done: told once, from any thread, when the store knows, or will never.
    func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void)

    /// Takes a provider's word for its own limits. Returns at once; errors are counted.
    func feedback(_ truth: ProviderTruth)

    /// Lets leases hold what they still hold for another life of theirs, from now. One that was settled stays settled,
    /// and money that was given back is not reserved again. Returns at once; errors are counted.
    func renew(_ leases: [Lease])
}

extension LimitStore {
    /// The same where nobody waits for it.
    package func settle(_ settlement: Settlement) { settle(settlement) {} }
}
