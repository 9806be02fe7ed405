import GatewayCore

/// Reads the size of a picture from the first bytes of a data URI, without decoding the picture.
///
/// Knows PNG (IHDR), GIF (logical screen), WebP (VP8, VP8L, VP8X) and JPEG (the frame header, to which it jumps from
/// segment to segment). Anything else, and anything cut off, has no size.
struct ImageHeader: ~Escapable {
    private let text: Span<UInt8>
    private let start: Int

    /// Segments of a JPEG looked at.
    private static let segmentLimit = 64
    /// Where the base64 may begin at the latest.
    private static let prefixLimit = 128

    /// Nil unless `uri` is a base64 data URI.
    @_lifetime(copy uri)
    init?(uri: Span<UInt8>) {
        guard uri.count > 5, uri[0] == UInt8(ascii: "d"), uri[4] == UInt8(ascii: ":") else { return nil }
        var index = 5
        let end = min(uri.count, Self.prefixLimit)
        while index < end, uri[index] != UInt8(ascii: ",") { index += 1 }
        guard index < end else { return nil }
        self.init(base64: uri, from: index + 1)
    }

    /// For a picture whose base64 stands alone.
    @_lifetime(copy base64)
    init(base64: Span<UInt8>, from start: Int = 0) {
        text = base64
        self.start = start
    }

    /// Width and height in pixels.
    var size: (width: Int, height: Int)? {
        guard let first = byte(0), let second = byte(1) else { return nil }
        switch (first, second) {
        case (0x89, UInt8(ascii: "P")): return pair(big(16, 4), big(20, 4))
        case (UInt8(ascii: "G"), UInt8(ascii: "I")): return pair(little(6, 2), little(8, 2))
        case (UInt8(ascii: "R"), UInt8(ascii: "I")): return webP
        case (0xFF, 0xD8): return jpeg
        default: return nil
        }
    }

    private var webP: (width: Int, height: Int)? {
        guard byte(8) == UInt8(ascii: "W"), byte(12) == UInt8(ascii: "V") else { return nil }
        switch byte(15) {
        case UInt8(ascii: " "):
            // A key frame: start code 9D 01 2A, then 14 bits each.
            guard let width = little(26, 2), let height = little(28, 2) else { return nil }
            return pair(width & 0x3FFF, height & 0x3FFF)
        case UInt8(ascii: "L"):
            guard byte(20) == 0x2F, let bits = little(21, 4) else { return nil }
            return pair((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case UInt8(ascii: "X"):
            guard let width = little(24, 3), let height = little(27, 3) else { return nil }
            return pair(width + 1, height + 1)
        default: return nil
        }
    }

    private var jpeg: (width: Int, height: Int)? {
        var position = 2
        for _ in 0..<Self.segmentLimit {
            guard byte(position) == 0xFF, let marker = byte(position + 1) else { return nil }
            if marker == 0xFF {
                position += 1
                continue
            }
            // SOF0 to SOF15 without the tables DHT, JPG and DAC that stand among them.
            if (0xC0...0xCF).contains(marker), marker != 0xC4, marker != 0xC8, marker != 0xCC {
                return pair(big(position + 7, 2), big(position + 5, 2))
            }
            guard let length = big(position + 2, 2), length >= 2 else { return nil }
            position += 2 + length
        }
        return nil
    }

    private func pair(_ width: Int?, _ height: Int?) -> (width: Int, height: Int)? {
        guard let width, let height, width > 0, height > 0 else { return nil }
        return (width, height)
    }

    private func big(_ offset: Int, _ count: Int) -> Int? {
        var value = 0
        for index in 0..<count {
            guard let byte = byte(offset + index) else { return nil }
            value = value << 8 | Int(byte)
        }
        return value
    }

    private func little(_ offset: Int, _ count: Int) -> Int? {
        var value = 0
        for index in 0..<count {
            guard let byte = byte(offset + index) else { return nil }
            value |= Int(byte) << (8 * index)
        }
        return value
    }

    /// One byte of what the base64 says; nil behind its end and where it is no base64.
    private func byte(_ offset: Int) -> UInt8? {
        let index = start + offset / 3 * 4
        func digit(_ place: Int) -> UInt32? {
            let position = index + place
            return position < text.count ? Self.value(text[position]) : nil
        }
        switch offset % 3 {
        case 0:
            guard let one = digit(0), let two = digit(1) else { return nil }
            return UInt8(truncatingIfNeeded: one << 2 | two >> 4)
        case 1:
            guard let one = digit(1), let two = digit(2) else { return nil }
            return UInt8(truncatingIfNeeded: one << 4 | two >> 2)
        default:
            guard let one = digit(2), let two = digit(3) else { return nil }
            return UInt8(truncatingIfNeeded: one << 6 | two)
        }
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
