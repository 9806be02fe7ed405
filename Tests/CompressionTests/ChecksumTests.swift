import Compression
import NIOCore
import Testing

@Suite("Checksum")
struct ChecksumTests {
    @Test("It is CRC-32: of the digits 1 to 9 it is CBF43926, however they are cut")
    func known() {
        let digits = Array("123456789".utf8)
        for split in 0...digits.count {
            var checksum = Checksum()
            checksum.add(Array(digits[..<split]))
            checksum.add(ByteBuffer(bytes: digits[split...]))
            #expect(checksum.value == 0xCBF4_3926, "cut at \(split)")
        }
        #expect(Checksum().value == 0)
    }
}
