import GatewayCore

/// What a chunk knows of its rows besides their vectors, packed: 32 bytes a row and the bytes of its guard features.
struct RowDetails {
    private var keys: [EntryKey] = []
    /// In milliseconds; the least number once the row is struck out.
    private var expiries: [Int64] = []
    /// Where a row's features end in `features`; they begin where those of the row before end.
    private var ends: [UInt32] = []
    private var features: [UInt8] = []
    private var groups: [UInt64] = []
    /// Features that were changed after their row was written.
    private var changed: [Int: [UInt8]] = [:]

    private static let struckOut = Int64.min
    private static let usualFeatureBytes = 80

    init(capacity: Int) {
        keys.reserveCapacity(capacity)
        expiries.reserveCapacity(capacity)
        ends.reserveCapacity(capacity)
        groups.reserveCapacity(capacity)
        features.reserveCapacity(capacity * Self.usualFeatureBytes)
    }

    var count: Int { keys.count }

    func isLiving(_ row: Int) -> Bool { expiries.indices.contains(row) && expiries[row] != Self.struckOut }

    func key(_ row: Int) -> EntryKey? { isLiving(row) ? keys[row] : nil }

    func recordedKey(_ row: Int) -> EntryKey? { keys.indices.contains(row) ? keys[row] : nil }

    func expiry(_ row: Int) -> UnixTime? { isLiving(row) ? UnixTime(milliseconds: expiries[row]) : nil }

    /// The row as it stands; nil once struck out.
    subscript(row: Int) -> IndexRow? {
        guard isLiving(row), let id = keys[row].id, let features = GuardFeatures(encoded: encodedFeatures(row)) else {
            return nil
        }
        return IndexRow(
            id: id, features: features, expires: UnixTime(milliseconds: expiries[row]), group: groups[row])
    }

    func group(_ row: Int) -> UInt64? { isLiving(row) ? groups[row] : nil }

    func encodedFeatures(_ row: Int) -> [UInt8] {
        if let changed = changed[row] { return changed }
        return Array(features[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])])
    }

    /// Calls `body` with each row that lives longer than an instant, and when it expires.
    func forEach(livingAfter instant: UnixTime, _ body: (EntryKey, UnixTime) -> Void) {
        // What is struck out has the least of all numbers.
        for row in keys.indices where expiries[row] > instant.milliseconds {
            body(keys[row], UnixTime(milliseconds: expiries[row]))
        }
    }

    mutating func append(_ key: EntryKey, features encoded: [UInt8], expires: UnixTime, group: UInt64) {
        keys.append(key)
        groups.append(group)
        expiries.append(Self.stored(expires))
        features.append(contentsOf: encoded)
        ends.append(UInt32(features.count))
    }

    mutating func update(_ row: Int, features encoded: [UInt8], expires: UnixTime, group: UInt64) {
        guard keys.indices.contains(row) else { return }
        expiries[row] = Self.stored(expires)
        groups[row] = group
        if encodedFeatures(row) != encoded { changed[row] = encoded }
    }

    mutating func strike(_ row: Int) {
        expiries[row] = Self.struckOut
        changed[row] = nil
    }

    private static func stored(_ time: UnixTime) -> Int64 { max(time.milliseconds, struckOut + 1) }
}
