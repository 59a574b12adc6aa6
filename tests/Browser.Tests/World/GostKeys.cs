using PedAtt.Eds;
using PedAtt.Eds.Certificates;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Browser.Tests.World;

/// <summary>Keys as the national authority issues them today, under the demonstration's GOST authority.</summary>
public static class GostKeys
{
    /// <summary>What such a key does with a document: a detached CMS.</summary>
    public static Func<byte[], byte[]> Issue(string demoKeys, Person person)
    {
        var authority = Gost.GostFile.Read(demoKeys, "ca");
        var key = new Gost.TestCertificate(
            new Gost.Template
            {
                Key = Gost.TestKey.Gost(person.Iin),
                SerialNumber = 7,
                Subject =
                [
                    (Oids.CommonName, $"{person.FamilyName} {person.GivenName}".ToUpperInvariant()),
                    (Oids.SerialNumber, $"IIN{person.Iin}"),
                    (Oids.Country, "KZ"),
                ],
                NotBefore = authority.Certificate.NotBefore,
                NotAfter = DateTimeOffset.UtcNow.AddDays(1),
                KeyUsage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation,
                Purposes = [Oids.DocumentSigning, Oids.Individual],
            },
            authority
        );
        return document =>
            new Gost.TestSignature
            {
                Signer = key,
                Content = document,
                SigningTime = DateTimeOffset.UtcNow,
            }.Encode();
    }
}
