import GatewayCore
import NIOCore
import ProviderAPIs

/// How pieces go to other replicas: one behind the other, each a kind and its fields, texts behind their lengths.
extension SharedPiece {
    private static let openedKind: UInt8 = 1
    private static let eventKind: UInt8 = 2
    private static let namedEventKind: UInt8 = 3

    func write(to buffer: inout ByteBuffer) {
        switch self {
        case .opened(let target):
            buffer.writeInteger(Self.openedKind)
            buffer.write(field: ByteBuffer(string: target.deployment.description))
            buffer.write(field: ByteBuffer(string: target.model))
            buffer.writeInteger(UInt8(target.takesClientsModel ? 1 : 0))
        case .event(let event):
            buffer.writeInteger(event.name == nil ? Self.eventKind : Self.namedEventKind)
            if let name = event.name { buffer.write(field: ByteBuffer(string: name)) }
            buffer.write(field: event.data)
        }
    }

    /// The pieces in what another replica has written; nil when it cannot be read here.
    /// - Parameter target: finds a target by its name; nil for one that is not configured here.
    static func pieces(in contents: ByteBuffer, target: (DeploymentID) -> Target?) -> [SharedPiece]? {
        var rest = contents
        var pieces: [SharedPiece] = []
        while let kind = rest.readInteger(as: UInt8.self) {
            switch kind {
            case openedKind:
                guard let name = rest.readField(), let model = rest.readField(),
                    let takesClientsModel = rest.readInteger(as: UInt8.self),
                    var found = target(DeploymentID(String(buffer: name)))
                else { return nil }
                found.model = String(buffer: model)
                found.takesClientsModel = takesClientsModel == 1
                pieces.append(.opened(found))
            case eventKind:
                guard let data = rest.readField() else { return nil }
                pieces.append(SharedPiece(ServerSentEvent(data: data)))
            case namedEventKind:
                guard let name = rest.readField(), let data = rest.readField() else { return nil }
                pieces.append(SharedPiece(ServerSentEvent(name: String(buffer: name), data: data)))
            default: return nil
            }
        }
        return pieces
    }
}

extension ByteBuffer {
    fileprivate mutating func write(field: ByteBuffer) {
        writeInteger(UInt32(truncatingIfNeeded: field.readableBytes))
        writeImmutableBuffer(field)
    }

    fileprivate mutating func readField() -> ByteBuffer? {
        readInteger(as: UInt32.self).flatMap { readSlice(length: Int($0)) }
    }
}
