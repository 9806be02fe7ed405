import Foundation

/// What a remote service would send.
enum RemoteFixture {
    static func base64(_ values: [Float]) -> String {
        let bytes: [UInt8] = values.flatMap { value -> [UInt8] in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32($0 * 8)) }
        }
        return Data(bytes).base64EncodedString()
    }
}
