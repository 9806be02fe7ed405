import GatewayCore

/// How an entry's group stands in Redis: a signed integer in a field of its own, as it may change alone. Of a sealed
/// entry it is masked, or who reads Redis could test what its answer says.
enum EntryGroup {
    static func field(_ group: UInt64, of entry: EntryID, seal: EntrySeal?) -> Int {
        Int(Int64(bitPattern: group ^ mask(of: entry, seal)))
    }

    static func group(_ field: Int64, of entry: EntryID, seal: EntrySeal?) -> UInt64 {
        UInt64(bitPattern: field) ^ mask(of: entry, seal)
    }

    /// Another one for each entry, so that equal answers do not show.
    private static func mask(of entry: EntryID, _ seal: EntrySeal?) -> UInt64 {
        guard let seal else { return 0 }
        return seal.digest([Array("group".utf8), entry.bytes]).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
