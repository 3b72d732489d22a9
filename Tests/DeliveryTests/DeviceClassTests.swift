import Delivery
import Testing

/// The class of a device, from what browsers say; the words are those of the browsers' own makers.
struct DeviceClassTests {
  @Test(
    arguments: [
      (
        nil,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49",
        DeviceClass.phone
      ),
      (
        "?1",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/127.0.0.0 Mobile Safari/537.36",
        .phone
      ),
      (nil, "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1 Mobile", .phone),
      (
        "?0",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/127.0.0.0 Safari/537.36",
        .tablet
      ),
      (
        nil, "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
        .tablet
      ),
      (
        "?0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/127.0.0.0 Safari",
        .computer
      ),
      (
        nil,
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/107.0 Safari/537.36 MicroMessenger/7.0.20 WindowsWechat",
        .computer
      ),
      (
        nil,
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari",
        .computer
      ),
    ] as [(String?, String, DeviceClass)])
  func `a browser's words become a class`(hint: String?, agent: String, device: DeviceClass) {
    #expect(DeviceClass(mobileHint: hint, userAgent: agent) == device)
  }

  @Test func `a program is no device`() {
    #expect(DeviceClass(mobileHint: nil, userAgent: "curl/8.5.0") == nil)
    #expect(DeviceClass(mobileHint: nil, userAgent: nil) == nil)
  }
}
