import GatewayCore
package import NIOCore

/// The record of the cache's decisions, put together from its lines: lookups, and labels that came later.
package struct LookupHistory: Sendable {
    private var lookups: [RecordedLookup] = []
    private var places: [String: Int] = [:]
    /// Labels whose lookup did not come yet: replicas write beside each other.
    private var early: [String: RecordedLabel] = [:]
    /// Lines that are neither.
    package private(set) var unread = 0

    package init() {}

    /// In the order in which they came, with the labels that were found. The last label of a lookup counts: somebody
    /// who read the answer may have corrected the judge.
    package var all: [RecordedLookup] { lookups }

    package mutating func add(_ line: ByteBuffer) {
        guard let root = try? JSONDocument(line).root else {
            unread += 1
            return
        }
        if let request = root["label"]?.string, let label = RecordedLabel(root) {
            if let place = places[request] { lookups[place].label = label } else { early[request] = label }
        } else if var lookup = RecordedLookup(root) {
            // Redis may have written a line whose writer heard nothing of it, and wrote it again.
            guard places[lookup.request] == nil else { return }
            lookup.label = early.removeValue(forKey: lookup.request)
            places[lookup.request] = lookups.count
            lookups.append(lookup)
        } else {
            unread += 1
        }
    }
}
