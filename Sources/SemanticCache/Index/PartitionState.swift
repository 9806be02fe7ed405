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
    private var places: [EntryKey: UInt32] = [:]

    var count: Int { places.count }
    var keys: [EntryKey] { Array(places.keys) }

    func place(of key: EntryKey) -> Place? {
        guard let place = places[key].map(Int.init) else { return nil }
        let number = place / PartitionIndex.largestChunkRows
        guard numbered.indices.contains(number), let chunk = numbered[number] else { return nil }
        return Place(chunk: chunk, row: place % PartitionIndex.largestChunkRows)
    }

    /// Notes where an entry stands now, and strikes out where it stood.
    /// - Parameter keepingOld: the old row is left, for scans that still read its chunk.
    mutating func record(_ key: EntryKey, in chunk: IndexChunk, at row: Int, keepingOld: Bool = false) {
        let old = keepingOld ? nil : place(of: key)
        let number = number(of: chunk)
        places[key] = UInt32(number * PartitionIndex.largestChunkRows + row)
        if let old { strike(old) }
    }

    mutating func forget(_ key: EntryKey) {
        guard let place = place(of: key) else { return }
        places[key] = nil
        strike(place)
    }

    /// Forgets entries whose rows of `chunk` are struck out already.
    mutating func forget(_ keys: [EntryKey], of chunk: IndexChunk) {
        guard !keys.isEmpty else { return }
        for key in keys { places[key] = nil }
        dropIfDead(chunk)
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
