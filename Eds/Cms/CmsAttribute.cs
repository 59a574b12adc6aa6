namespace PedAtt.Eds.Cms;

/// <summary>An attribute of a signature; its values in DER.</summary>
internal sealed record CmsAttribute(string Oid, IReadOnlyList<ReadOnlyMemory<byte>> Values);
