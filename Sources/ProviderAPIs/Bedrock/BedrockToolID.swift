internal import GatewayCore

/// Ids of calls as Bedrock takes them: letters, digits and `_.:-`, at most 64.
enum BedrockToolID {
    /// The same for a call and its result, and different for different ids. One that fits stays as it is.
    static func make(_ id: String) -> String {
        if (1...64).contains(id.utf8.count), id.utf8.allSatisfy(isPlain) { return id }
        var fitting = ""
        for byte in id.utf8.prefix(40) { fitting.unicodeScalars.append(isPlain(byte) ? Unicode.Scalar(byte) : "_") }
        // The hash tells apart what begins alike.
        return fitting + "_" + String(FNV1a(id).value, radix: 16)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
