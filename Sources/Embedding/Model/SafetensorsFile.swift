import GatewayCore
import VectorMath

/// A file of named tensors in the safetensors format: eight bytes with the header's length, a JSON header, the data.
///
/// The header is checked whole before any tensor is handed out. Tensors are views into the mapped file.
struct SafetensorsFile {
    /// Bytes of the longest header that is read; the format allows 100 MB, models of this family need some kilobytes.
    private static let longestHeader = 16 << 20

    private let file: ModelFile
    private let tensors: [String: Tensor]

    private struct Tensor {
        let type: String
        let shape: [Int]
        /// In bytes from the start of the file.
        let offset: Int
    }

    /// Maps the file at `path` and checks its header. Throws `.modelMissing` or `.modelInvalid`.
    init(path: String) throws(EmbeddingError) {
        let file = try ModelFile(path: path)
        let size = file.bytes.count
        guard size >= 8 else { throw file.invalid("must begin with an 8-byte length, but has \(size) bytes") }
        // Safe because the file has eight bytes, and every pattern of eight bytes is an integer.
        let headerLength = file.bytes.withBytes { bytes in
            UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(as: UInt64.self))
        }
        guard let length = Int(exactly: headerLength), length <= Self.longestHeader, length <= size - 8 else {
            throw file.invalid("a header of \(headerLength) bytes does not fit into \(size) bytes")
        }
        let header = try file.json(8..<8 + length)
        guard header.kind == .object else { throw file.invalid("the header must be a JSON object") }
        var tensors: [String: Tensor] = [:]
        for member in header.members where !member.hasName("__metadata__") {
            let name = member.name
            let tensor = try Self.tensor(name, member.value, dataStart: 8 + length, in: file)
            guard tensors.updateValue(tensor, forKey: name) == nil else {
                throw file.invalid("tensor \(name) stands in the header twice")
            }
        }
        self.file = file
        self.tensors = tensors
    }

    /// The matrix `name`, which must have 32-bit floats in this shape; a vector is a matrix of one row.
    func matrix(_ name: String, rows: Int, columns: Int) throws(EmbeddingError) -> ConstantMatrix {
        // Some models of the family were saved with the head still on, which prefixes every name.
        guard let tensor = tensors[name] ?? tensors["bert." + name] else {
            throw file.invalid("tensor \(name) is missing")
        }
        guard tensor.type == "F32" else { throw file.invalid("tensor \(name) must be F32, not \(tensor.type)") }
        let shape = rows == 1 ? [columns] : [rows, columns]
        guard tensor.shape == shape || tensor.shape == [rows, columns] else {
            throw file.invalid("tensor \(name) must have shape \(shape), not \(tensor.shape)")
        }
        guard let matrix = file.bytes.floats(at: tensor.offset, rows: rows, columns: columns) else {
            throw file.invalid("tensor \(name) does not lie inside the file")
        }
        return matrix
    }

    /// The whole file, for its digest.
    var bytes: MappedFile { file.bytes }

    private static func tensor(
        _ name: String, _ entry: JSONElement, dataStart: Int, in file: ModelFile
    ) throws(EmbeddingError) -> Tensor {
        guard let type = entry["dtype"]?.string else { throw file.invalid("tensor \(name) has no dtype") }
        guard let shape = sizes(entry["shape"]), let offsets = sizes(entry["data_offsets"]), offsets.count == 2 else {
            throw file.invalid("tensor \(name) must have a shape and two data_offsets")
        }
        let dataCount = file.bytes.count - dataStart
        guard offsets[0] <= offsets[1], offsets[1] <= dataCount else {
            throw file.invalid(
                "tensor \(name) must lie within \(dataCount) bytes of data, not at \(offsets[0])..<\(offsets[1])")
        }
        var elements = 1
        for size in shape {
            let (product, overflow) = elements.multipliedReportingOverflow(by: size)
            guard !overflow else { throw file.invalid("tensor \(name) is too large: shape \(shape)") }
            elements = product
        }
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: 4)
        guard type != "F32" || (!overflow && bytes == offsets[1] - offsets[0]) else {
            throw file.invalid("tensor \(name) of shape \(shape) does not take \(offsets[1] - offsets[0]) bytes")
        }
        return Tensor(type: type, shape: shape, offset: dataStart + offsets[0])
    }

    private static func sizes(_ array: JSONElement?) -> [Int]? {
        guard let array, array.kind == .array else { return nil }
        var sizes: [Int] = []
        for element in array.elements {
            guard let size = element.integer, size >= 0 else { return nil }
            sizes.append(size)
        }
        return sizes
    }
}
