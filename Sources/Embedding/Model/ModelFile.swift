import GatewayCore
import NIOCore
import VectorMath

/// One mapped file of a model, and errors that name it.
struct ModelFile {
    let path: String
    let bytes: MappedFile

    /// Maps the file. Throws `.modelMissing` when it is not there, `.modelInvalid` when it cannot be read.
    init(path: String) throws(EmbeddingError) {
        self.path = path
        do {
            self.bytes = try MappedFile(path: path)
        } catch {
            guard error.isMissing else {
                throw EmbeddingError(.modelInvalid, "\(path): cannot be read (\(error))")
            }
            throw EmbeddingError(
                .modelMissing,
                "\(path): no such file; model_dir must hold model.safetensors, tokenizer.json and config.json"
                    + " (`make model` fetches all-MiniLM-L6-v2)")
        }
    }

    func invalid(_ expectation: String) -> EmbeddingError {
        EmbeddingError(.modelInvalid, "\(path): \(expectation)")
    }

    /// A copy of `range` of the file's bytes, which must lie in the file.
    func buffer(_ range: Range<Int>) -> ByteBuffer {
        var buffer = ByteBuffer()
        bytes.withBytes { _ = buffer.writeBytes($0.extracting(range)) }
        return buffer
    }

    /// The whole file, or `range` of it, as JSON.
    func json(_ range: Range<Int>? = nil) throws(EmbeddingError) -> JSONElement {
        do {
            return try JSONDocument(buffer(range ?? 0..<bytes.count)).root
        } catch {
            throw invalid("must be JSON; \(error)")
        }
    }

    /// The member `name` of `parent`, which must be an object with this `type`.
    func object(_ parent: JSONElement, _ name: String, type: String) throws(EmbeddingError) -> JSONElement {
        guard let object = parent[name], object.kind == .object else { throw invalid("\(name) must be an object") }
        guard object["type"]?.string == type else {
            throw invalid("\(name).type must be \(type), not \(object["type"]?.string ?? "absent")")
        }
        return object
    }
}
