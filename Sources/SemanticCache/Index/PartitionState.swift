import GatewayCore

/// The chunks of a partition, and where each entry stands.
struct PartitionState {
    /// A row of a chunk.
    struct Place {
        let chunk: IndexChunk
        let row: Int
    }

    var chunks: [IndexChunk] = []
    /// The chunks by number, so that a place takes four bytes; nil where a number is free.
    private var numbered: [IndexChunk?] = []
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var freeNumbers: [Int] = []
    /// The chunk's number × `PartitionIndex.largestChunkRows`, and the row.
    private var places = PlaceTable()

    /// Entries that lookups have let go of, and when they expire: what a purge has ended is not erased.
    private(set) var released: [EntryKey: UnixTime] = [:]

    var count: Int { places.count }
    var keys: [EntryKey] { places.places.compactMap { place($0).flatMap { $0.chunk.recordedKey(at: $0.row) } } }

    func place(of key: EntryKey) -> Place? {
        places.place(of: key.hash) { isPlace($0, of: key) }.flatMap(place)
    }

    private func place(_ number: UInt32) -> Place? {
        let (chunk, row) = Int(number).quotientAndRemainder(dividingBy: PartitionIndex.largestChunkRows)
        guard numbered.indices.contains(chunk), let chunk = numbered[chunk] else { return nil }
        return Place(chunk: chunk, row: row)
    }

    private func isPlace(_ number: UInt32, of key: EntryKey) -> Bool {
        place(number).map { $0.chunk.recordedKey(at: $0.row) == key } ?? false
    }

    private mutating func removePlace(of key: EntryKey) {
        // Apart from the table while it changes: the chunks are asked for their keys.
        var table = PlaceTable()
        swap(&table, &places)
        table.remove(key.hash) { isPlace($0, of: key) }
        swap(&table, &places)
    }

    /// Notes where an entry stands now, and strikes out where it stood.
    /// - Parameter keepingOld: the old row is left, for scans that still read its chunk.
    mutating func record(_ key: EntryKey, in chunk: IndexChunk, at row: Int, keepingOld: Bool = false) {
        released[key] = nil
        let old = keepingOld ? nil : place(of: key)
        let number = number(of: chunk)
        var table = PlaceTable()
        swap(&table, &places)
        table.set(UInt32(number * PartitionIndex.largestChunkRows + row), for: key.hash) { isPlace($0, of: key) }
        swap(&table, &places)
        if let old { strike(old) }
    }

    mutating func forget(_ key: EntryKey) {
        released[key] = nil
        guard let place = place(of: key) else { return }
        removePlace(of: key)
        strike(place)
    }

    /// Forgets entries whose rows of `chunk` are struck out already.
    mutating func forget(_ keys: [EntryKey], of chunk: IndexChunk) {
        guard !keys.isEmpty else { return }
        for key in keys { removePlace(of: key) }
        dropIfDead(chunk)
    }

    /// Forgets an entry that a lookup could not serve, but that the store may hold until it expires.
    mutating func release(_ key: EntryKey, until expires: UnixTime) {
        forget(key)
        released[key] = expires
    }

    /// Forgets what was released and is no longer wanted.
    mutating func forgetReleased(where isOver: (EntryKey, UnixTime) -> Bool) {
        if released.isEmpty { return }
        released = released.filter { !isOver($0.key, $0.value) }
    }

    /// Lets go of a chunk, whose entries stand elsewhere.
    mutating func drop(_ chunk: IndexChunk) {
        chunks.removeAll { $0 === chunk }
        guard let number = numbers.removeValue(forKey: ObjectIdentifier(chunk)) else { return }
        numbered[number] = nil
        freeNumbers.append(number)
    }

    private mutating func strike(_ place: Place) {
        place.chunk.remove(at: place.row)
        dropIfDead(place.chunk)
    }

    private mutating func dropIfDead(_ chunk: IndexChunk) {
        if chunk.isDead { drop(chunk) }
    }

    private mutating func number(of chunk: IndexChunk) -> Int {
        if let number = numbers[ObjectIdentifier(chunk)] { return number }
        let number = freeNumbers.popLast() ?? numbered.count
        if number == numbered.count { numbered.append(chunk) } else { numbered[number] = chunk }
        numbers[ObjectIdentifier(chunk)] = number
        return number
    }
}
