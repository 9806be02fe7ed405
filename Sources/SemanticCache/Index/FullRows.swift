import VectorMath

/// The vectors of a chunk as they came, for exact scores: in the index' file, or in memory where there is none.
final class FullRows: Sendable {
    private enum Store {
        case file(VectorFile, place: Int64)
        case memory(VectorChunk)
    }

    private let store: Store
    private let rowBytes: Int
    private let reserved: Int

    init(dimension: Int, capacity: Int, file: VectorFile?) {
        let rowBytes = dimension * MemoryLayout<Float>.stride
        self.rowBytes = rowBytes
        // A power of two, so that few lengths of places are in use and each is used again.
        var rows = 1
        while rows < capacity { rows *= 2 }
        self.reserved = rows * rowBytes
        if let file {
            store = .file(file, place: file.reserve(reserved))
        } else {
            store = .memory(VectorChunk(dimension: dimension, capacity: capacity))
        }
    }

    deinit {
        if case .file(let file, let place) = store { file.release(place, length: reserved) }
    }

    /// Keeps the vector of the next row. False when it cannot: the disk is full.
    func write(_ vector: [Float], at row: Int) -> Bool {
        switch store {
        case .file(let file, let place): file.write(vector, at: place + Int64(row * rowBytes))
        case .memory(let chunk): chunk.append(vector.span) == row
        }
    }

    /// Fills `vector`, which has the right length, with a row that was written. False when it cannot be read.
    func read(_ row: Int, into vector: inout [Float]) -> Bool {
        switch store {
        case .file(let file, let place):
            return file.read(into: &vector, at: place + Int64(row * rowBytes))
        case .memory(let chunk):
            let copied: Void? = chunk.withRow(row) { span in
                for index in vector.indices { vector[index] = span[index] }
            }
            return copied != nil
        }
    }
}
