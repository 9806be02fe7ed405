import Compression
import Crypto
import GatewayCore
import NIOCore

/// The outermost layer of each part of an entry: says its layout, and proves that it is whole and where it belongs.
///
/// Open: `version, 0, CRC-32, contents`. Sealed: `version, 1, key's name, nonce, contents encrypted, tag`. The checksum
/// and the tag are over the contents and the ``EntryBinding``. Numbers are little-endian.
enum EntryEnvelope {
    static let version: UInt8 = 3
    private static let open: UInt8 = 0
    private static let sealed: UInt8 = 1
    private static let nonceLength = 12
    private static let tagLength = 16

    static func close(_ contents: ByteBuffer, _ binding: EntryBinding, seal: EntrySeal?) -> ByteBuffer? {
        guard let seal else {
            var envelope = ByteBufferAllocator().buffer(capacity: contents.readableBytes + 6)
            envelope.writeMultipleIntegers(version, open)
            envelope.writeInteger(checksum(contents, binding), endianness: .little)
            envelope.writeImmutableBuffer(contents)
            return envelope
        }
        let key = seal.key(ofShard: binding.shard)
        // Fails for no input there is, so that its failure may cost the entry.
        guard let box = try? AES.GCM.seal(Array(contents.readableBytesView), using: key, authenticating: binding.bytes)
        else { return nil }
        var envelope = ByteBufferAllocator().buffer(
            capacity: contents.readableBytes + 10 + nonceLength + tagLength)
        envelope.writeMultipleIntegers(version, sealed)
        envelope.writeInteger(seal.id, endianness: .little)
        envelope.writeBytes(Array(box.nonce))
        envelope.writeBytes(Array(box.ciphertext))
        envelope.writeBytes(Array(box.tag))
        return envelope
    }

    /// The contents.
    /// - Parameter seal: with which it must have been closed; nil: with none.
    static func open(
        _ envelope: ByteBuffer, _ binding: EntryBinding, seal: EntrySeal?
    ) throws(EntryFault) -> ByteBuffer {
        guard try name(of: envelope) == seal?.id else { throw .seal }
        var rest = envelope
        rest.moveReaderIndex(forwardBy: seal == nil ? 2 : 10)
        guard let seal else {
            guard let expected = rest.readInteger(endianness: .little, as: UInt32.self),
                checksum(rest, binding) == expected
            else { throw .damaged }
            return rest
        }
        guard rest.readableBytes >= nonceLength + tagLength, let nonce = rest.readBytes(length: nonceLength),
            let contents = rest.readBytes(length: rest.readableBytes - tagLength),
            let tag = rest.readBytes(length: tagLength)
        else { throw .damaged }
        do {
            let box = try AES.GCM.SealedBox(nonce: AES.GCM.Nonce(data: nonce), ciphertext: contents, tag: tag)
            return ByteBuffer(
                bytes: try AES.GCM.open(
                    box, using: seal.key(ofShard: binding.shard), authenticating: binding.bytes))
        } catch {
            throw .damaged
        }
    }

    /// The name of the keys it is sealed with; nil when it is not sealed.
    static func name(of envelope: ByteBuffer) throws(EntryFault) -> UInt64? {
        var rest = envelope
        guard let layout = rest.readInteger(as: UInt8.self) else { throw .damaged }
        guard layout == version else { throw .version }
        switch rest.readInteger(as: UInt8.self) {
        case open: return nil
        case sealed:
            guard let name = rest.readInteger(endianness: .little, as: UInt64.self) else { throw .damaged }
            return name
        default: throw .damaged
        }
    }

    private static func checksum(_ contents: ByteBuffer, _ binding: EntryBinding) -> UInt32 {
        var checksum = Checksum()
        checksum.add(binding.bytes)
        checksum.add(contents)
        return checksum.value
    }
}
