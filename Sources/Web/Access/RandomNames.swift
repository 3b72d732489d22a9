/// Random names for what commands make beside the service.
public enum RandomNames {
  /// A random identifier of 78 bits.
  public static func identifier() -> String { AccessToken.randomName() }

  /// A hash that no token has.
  public static func unclaimedHash() -> [UInt8] { AccessToken().hash }

  /// Six random digits for a school; whoever takes them sees to it that no other school has them.
  public static func schoolCode() -> String { SignInCode.school() }
}
