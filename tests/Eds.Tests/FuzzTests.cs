using System.Formats.Asn1;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Cms;
using PedAtt.Eds.Revocation;
using PedAtt.Eds.Tests.Authority;

namespace PedAtt.Eds.Tests;

/// <summary>
/// Good signatures, certificates, CRLs, OCSP responses and time stamps, changed where their structure can be changed:
/// values turned, taken out, doubled, swapped, put in from elsewhere, lengths bent. Whatever comes in, the verifier
/// ends with a verdict; and a valid one is about the same document, the same signer and the same time. PEDATT_FUZZ sets
/// how many (20,000 otherwise),
/// PEDATT_FUZZ_SEED the seed, which is printed.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Stamped = TestAuthority.Now.AddMinutes(-2);
    private static readonly SignaturePolicy Policy = new()
    {
        Iin = TestAuthority.Iin,
        Timestamp = TimestampRule.Required,
    };

    [Fact]
    public void No_change_is_accepted_that_matters_and_none_breaks_the_verifier()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("PEDATT_FUZZ") ?? "20000");
        var seed = int.Parse(
            Environment.GetEnvironmentVariable("PEDATT_FUZZ_SEED") ?? $"{Environment.TickCount & 0xFFFFFF}"
        );
        output.WriteLine($"PEDATT_FUZZ={count} PEDATT_FUZZ_SEED={seed}");
        Console.WriteLine($"fuzz: PEDATT_FUZZ={count} PEDATT_FUZZ_SEED={seed}");
        // RSA is quick; the GOST signatures differ in their arithmetic only, so every sixteenth is enough.
        var gost = new Subject(TestAuthority.Gost);
        var rsa = new Subject(TestAuthority.Rsa);
        Assert.All([gost, rsa], subject => Assert.True(subject.Judge(subject.Cms, subject.Good).IsValid));
        var accepted = 0;
        // Each number is a change of its own, whoever tries it: the seed alone says what was tried.
        Parallel.For(
            0,
            count,
            i =>
            {
                var random = new Random(unchecked(seed * 1_000_003 + i));
                try
                {
                    if ((i % 16 == 0 ? gost : rsa).Try(random))
                    {
                        Interlocked.Increment(ref accepted);
                    }
                }
                catch (Exception broken)
                {
                    throw new InvalidOperationException(
                        $"PEDATT_FUZZ_SEED={seed}, number {i}: {broken.Message}",
                        broken
                    );
                }
            }
        );
        output.WriteLine($"{accepted} of {count} changed nothing that matters and were accepted");
        Assert.InRange(accepted, 1, count / 2);
    }

    private sealed class Subject
    {
        private readonly TestAuthority _ca;
        private readonly byte[][] _parts;
        private readonly byte[] _person;
        private readonly byte[] _revokingCrl;
        private readonly byte[] _revokingOcsp;
        private readonly byte[] _othersOcsp;
        private readonly byte[] _token;

        public Subject(TestAuthority ca)
        {
            _ca = ca;
            Cms = new TestSignature
            {
                Signer = ca.Person,
                Timestamp = s => TestSignature.Stamp(ca, s, Stamped),
            }.Encode();
            Good = ca.AllGood();
            _person = ca.Person.Encoded;
            _revokingCrl = TestAuthority.Crl(ca.Issuing, ca.Person.SerialNumber);
            _revokingOcsp = ca.Ocsp(ca.Person, TestAuthority.Now.AddDays(-1), 1);
            _othersOcsp = ca.Ocsp(ca.Official);
            _token = TestSignature.Stamp(ca, [1, 2, 3], Stamped);
            _parts =
            [
                Cms,
                _person,
                _revokingCrl,
                _revokingOcsp,
                _othersOcsp,
                _token,
                ca.Official.Encoded,
                ca.Issuing.Encoded,
                new TestSignature { Signer = ca.Official, Content = [7] }.Encode(),
            ];
        }

        public byte[] Cms { get; }

        public RevocationEvidence Good { get; }

        public Verdict Judge(byte[] cms, RevocationEvidence evidence) =>
            SignatureVerifier.Verify(TestSignature.Document, cms, _ca.Trust, Policy, TestAuthority.Now, evidence);

        /// <summary>One changed input; whether the verdict stayed valid.</summary>
        public bool Try(Random random)
        {
            var began = Worked();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (size, accepted) = random.Next(8) switch
            {
                0 => TryParts(random),
                1 => TryEvidence(Mutate(_revokingCrl, random), isCrl: true),
                2 => TryEvidence(Mutate(_revokingOcsp, random), isCrl: false),
                3 => TryEvidence(Mutate(_othersOcsp, random), isCrl: false),
                _ => TryCms(random),
            };
            var grown = GC.GetAllocatedBytesForCurrentThread() - before;
            var took = Worked() - began;
            Assert.True(took < TimeSpan.FromSeconds(20), $"worked for {took}");
            // Everything allocated, kept or not, mutating included: an input of a few kilobytes must not ask for
            // megabytes.
            Assert.True(grown < 4 * 1024 * 1024 + 10 * size, $"{size} bytes took {grown} bytes of memory");
            return accepted;
        }

        /// <summary>What this thread has used of the processor: on a busy machine it may wait for its turn, which is no
        /// hang.</summary>
        private static TimeSpan Worked()
        {
            const string Own = "/proc/thread-self/stat";
            if (!File.Exists(Own))
            {
                return TimeSpan.Zero;
            }
            var fields = File.ReadAllText(Own).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // utime and stime, in hundredths of a second (proc(5)).
            return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11]) + long.Parse(fields[12])));
        }

        private (int Size, bool Accepted) TryCms(Random random)
        {
            var changed = Mutate(Cms, random);
            var verdict = Judge(changed, Good);
            if (verdict.IsValid)
            {
                Assert.Equal(_ca.Person.Certificate.Thumbprint, verdict.Signer!.Thumbprint);
                Assert.Equal(TestAuthority.Iin, verdict.Signer.Iin);
                Assert.Equal((Stamped, true), (verdict.SignedAt, verdict.IsStamped));
                Assert.Equal(TestAuthority.Now.AddMinutes(-3), verdict.ClaimedAt);
            }
            return (changed.Length, verdict.IsValid);
        }

        private (int Size, bool Accepted) TryEvidence(byte[] changed, bool isCrl)
        {
            var others = TestAuthority.Crl(_ca.Root);
            var verdict = Judge(Cms, isCrl ? new([], [changed, others]) : new([changed], [others]));
            // The evidence speaks against the signature or of somebody else: no change makes it speak for it.
            Assert.False(verdict.IsValid);
            return (changed.Length, false);
        }

        private (int Size, bool Accepted) TryParts(Random random)
        {
            var changed = Mutate(_parts[random.Next(_parts.Length)], random);
            foreach (
                var read in new Action[]
                {
                    () => _ = Certificate.Read(changed).Key,
                    () => CertificateRevocationList.Parse(changed).Find([1]),
                    () => OcspResponse.Parse(changed).RequireResponderOf(_ca.Issuing.Certificate),
                    () => Timestamp.Read(changed).Verify([1, 2, 3], _ca.Trust, TestAuthority.Now),
                    () => Timestamp.ReadResponse(changed),
                }
            )
            {
                try
                {
                    read();
                }
                catch (RefusalException refused)
                {
                    Assert.NotEmpty(refused.Code);
                }
            }
            return (changed.Length, false);
        }

        private byte[] Mutate(byte[] input, Random random)
        {
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                input = random.Next(12) == 0 ? Bend(input, random) : new Tree(input).Change(random, _parts);
            }
            return input;
        }

        /// <summary>Changes below the structure: bits, cuts, additions.</summary>
        private static byte[] Bend(byte[] input, Random random)
        {
            if (input.Length < 2)
            {
                return [0x30, 0x80];
            }
            var changed = (byte[])input.Clone();
            var at = random.Next(changed.Length);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    return changed;
                case 1:
                    return changed[..at];
                case 2:
                    return [.. changed, .. changed[at..]];
                default:
                    changed[at] = (byte)random.Next(256);
                    return changed;
            }
        }
    }

    /// <summary>The values of a DER text, also those inside OCTET STRINGs, put together again after a change with right
    /// lengths.</summary>
    private sealed class Tree
    {
        private readonly List<Node> _all = [];
        private readonly Node? _root;

        public Tree(byte[] input) => _root = Read(input, 0);

        public byte[] Change(Random random, byte[][] parts)
        {
            if (_root is null)
            {
                return [.. parts[random.Next(parts.Length)]];
            }
            var node = _all[random.Next(_all.Count)];
            switch (random.Next(9))
            {
                case 0 when node.Children.Count > 0:
                    node.Children.RemoveAt(random.Next(node.Children.Count));
                    break;
                case 1 when node.Children.Count > 0:
                    node.Children.Insert(
                        random.Next(node.Children.Count + 1),
                        node.Children[random.Next(node.Children.Count)]
                    );
                    break;
                case 2 when node.Children.Count > 1:
                    var (from, to) = (random.Next(node.Children.Count), random.Next(node.Children.Count));
                    (node.Children[from], node.Children[to]) = (node.Children[to], node.Children[from]);
                    break;
                case 3:
                    var other = new Tree(parts[random.Next(parts.Length)]);
                    var graft = other._all[random.Next(other._all.Count)];
                    (node.Tag, node.Content, node.Children) = (graft.Tag, graft.Content, graft.Children);
                    break;
                case 4:
                    node.Tag = (byte)random.Next(256);
                    break;
                case 5:
                    node.LongLength = true;
                    break;
                case 6:
                    node.Indefinite = true;
                    break;
                case 7:
                    var copy = new Node
                    {
                        Tag = node.Tag,
                        Content = node.Content,
                        Children = [.. node.Children],
                    };
                    for (var depth = random.Next(1, 40); depth > 0; depth--)
                    {
                        copy = new Node { Tag = 0x30, Children = [copy] };
                    }
                    (node.Tag, node.Content, node.Children) = (copy.Tag, copy.Content, copy.Children);
                    break;
                default:
                    ChangeContent(node, random);
                    break;
            }
            var bytes = _root.Write();
            // Doubling doubles: what grows past any real signature is cut.
            return bytes.Length > 200_000 ? bytes[..200_000] : bytes;
        }

        private static void ChangeContent(Node node, Random random)
        {
            if (node.Children.Count > 0)
            {
                node.Children.Reverse();
                return;
            }
            var content = node.Content.ToArray();
            if (content.Length == 0)
            {
                node.Content = new byte[] { 1 };
                return;
            }
            var at = random.Next(content.Length);
            switch (random.Next(5))
            {
                case 0:
                    content[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    content[at] = (byte)random.Next(256);
                    break;
                case 2:
                    content = content[..at];
                    break;
                case 3:
                    content = [.. content, (byte)random.Next(256)];
                    break;
                default:
                    Array.Fill(content, random.Next(2) == 0 ? (byte)0 : (byte)255);
                    break;
            }
            node.Content = content;
        }

        private Node? Read(ReadOnlyMemory<byte> value, int depth)
        {
            try
            {
                var tag = Asn1Tag.Decode(value.Span, out var tagLength);
                AsnDecoder.ReadEncodedValue(
                    value.Span,
                    AsnEncodingRules.BER,
                    out var offset,
                    out var length,
                    out var used
                );
                if (used != value.Length || tagLength != 1 || depth > 60)
                {
                    return null;
                }
                var node = new Node { Tag = value.Span[0], Content = value.Slice(offset, length) };
                _all.Add(node);
                // An OCTET STRING, or a BIT STRING's key, may hold more of the same.
                if (tag.IsConstructed || tag == Asn1Tag.PrimitiveOctetString)
                {
                    ReadChildren(node, depth);
                }
                return node;
            }
            catch (AsnContentException)
            {
                return null;
            }
        }

        private void ReadChildren(Node node, int depth)
        {
            var known = _all.Count;
            var children = new List<Node>();
            for (var rest = node.Content; !rest.IsEmpty; )
            {
                Node? child = null;
                try
                {
                    AsnDecoder.ReadEncodedValue(rest.Span, AsnEncodingRules.BER, out _, out _, out var used);
                    child = Read(rest[..used], depth + 1);
                    rest = rest[used..];
                }
                catch (AsnContentException)
                {
                    // Not structure after all.
                }
                if (child is null)
                {
                    _all.RemoveRange(known, _all.Count - known);
                    return;
                }
                children.Add(child);
            }
            node.Children = children;
        }
    }

    private sealed class Node
    {
        public byte Tag { get; set; }

        public ReadOnlyMemory<byte> Content { get; set; }

        public List<Node> Children { get; set; } = [];

        public bool LongLength { get; set; }

        public bool Indefinite { get; set; }

        public byte[] Write()
        {
            var content = Children.Count > 0 ? [.. Children.SelectMany(child => child.Write())] : Content.ToArray();
            if (Indefinite && (Tag & 0x20) != 0)
            {
                return [Tag, 0x80, .. content, 0, 0];
            }
            byte[] length =
                LongLength || content.Length > 0xFFFF
                    ? [0x84, 0, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length]
                : content.Length > 0xFF ? [0x82, (byte)(content.Length >> 8), (byte)content.Length]
                : content.Length > 0x7F ? [0x81, (byte)content.Length]
                : [(byte)content.Length];
            // A length in long form only where asked for: DER wants the shortest.
            if (!LongLength && content.Length > 0xFFFF)
            {
                length = [0x83, .. length[2..]];
            }
            return [Tag, .. length, .. content];
        }
    }
}
