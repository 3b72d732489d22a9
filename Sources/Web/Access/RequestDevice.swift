import Delivery
import HTTPTypes
import Hummingbird

extension Request {
  /// What kind of device the request came from.
  ///
  /// Read here and reduced to a class at once; what the browser says of itself is kept nowhere.
  var deviceClass: DeviceClass? {
    DeviceClass(
      mobileHint: headers[HTTPField.Name.known("Sec-CH-UA-Mobile")], userAgent: headers[.userAgent])
  }
}
