import GatewayCore

extension IndexMirror {
    /// Where the two walks of an audit stand.
    struct Audit {
        var cursor = "0"
        var rows = IndexWalk()
        var roster = RosterCheck()
    }

    /// Entries of each side that one step compares, at least.
    private static let smallestStep = 512
    /// Steps in which all entries are compared: an hour, with a step every five seconds.
    private static let steps = 720

    /// Compares some entries of the store with the index, and some of the index with the store, and repairs what
    /// differs: what no line of the log has told of, such as what Redis has evicted.
    func compare(_ audit: inout Audit) async throws(CacheStoreError) {
        let step = max(Self.smallestStep, index.count / Self.steps)
        let listed = try await feed.listed(from: audit.cursor, atLeast: step, encoder: encoder)
        audit.cursor = listed.next
        let missing = listed.entries.filter { !index.holds($0.entry, in: $0.partition) }
        var found = 0
        if !missing.isEmpty {
            for entry in try await feed.mirrored(missing, encoder: encoder) {
                index.add(entry)
                found += 1
            }
        }
        let held = audit.rows.next(step, of: index, now: .now())
        let present = held.isEmpty ? [] : try await feed.present(held, encoder: encoder)
        let gone = held.filter { !present.contains($0.entry) }
        for (entry, partition) in gone { index.remove(entry, in: partition) }
        note { figures in
            figures.missing += found
            figures.gone += gone.count
        }
        await strike(gone)
    }
}
