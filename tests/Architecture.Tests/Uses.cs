using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace PedAtt.Architecture.Tests;

/// <summary>What the compiled code speaks of: types in signatures, attributes and fields, and what its instructions
/// call and make.</summary>
public static class Uses
{
    private const BindingFlags Everything =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> opCodes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly ConcurrentDictionary<Type, IReadOnlySet<MemberInfo>> known = [];

    /// <summary>Types and called members of a type and of what the compiler made out of its lambdas, iterators and
    /// async methods.</summary>
    public static IReadOnlySet<MemberInfo> Of(Type type) => known.GetOrAdd(type, Read);

    public static IEnumerable<Type> TypesOf(Type type) => Of(type).OfType<Type>();

    /// <summary>The type that stands in the source: not one that the compiler made.</summary>
    public static bool IsWritten(Type type) =>
        !type.Name.Contains('<') && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    /// <summary>The outermost type: the file's.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static HashSet<MemberInfo> Read(Type type)
    {
        var uses = new HashSet<MemberInfo>();
        Add(type.BaseType);
        foreach (var one in type.GetInterfaces())
            Add(one);
        Attributes(type);
        foreach (var field in type.GetFields(Everything))
        {
            Add(field.FieldType);
            Attributes(field);
        }
        foreach (var property in type.GetProperties(Everything))
            Add(property.PropertyType);
        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
        {
            Add((method as MethodInfo)?.ReturnType);
            foreach (var parameter in method.GetParameters())
                Add(parameter.ParameterType);
            Attributes(method);
            Body(method);
        }
        foreach (var made in type.GetNestedTypes(Everything).Where(nested => nested.Name.Contains('<')))
            uses.UnionWith(Of(made));
        return uses;

        void Add(Type? used)
        {
            if (used is null || used.IsGenericParameter)
                return;
            if (used.HasElementType)
            {
                Add(used.GetElementType());
                return;
            }
            if (used.IsGenericType)
            {
                foreach (var argument in used.GetGenericArguments())
                    Add(argument);
                used = used.GetGenericTypeDefinition();
            }
            uses.Add(used);
        }

        void Attributes(MemberInfo member)
        {
            foreach (var attribute in member.GetCustomAttributesData())
                Add(attribute.AttributeType);
        }

        void Body(MethodBase method)
        {
            if (method.GetMethodBody() is not { } body)
                return;
            foreach (var local in body.LocalVariables)
                Add(local.LocalType);
            foreach (var token in Tokens(body.GetILAsByteArray()!))
            {
                MemberInfo? member;
                try
                {
                    member = method.Module.ResolveMember(
                        token,
                        type.IsGenericType ? type.GetGenericArguments() : null,
                        method.IsGenericMethod ? method.GetGenericArguments() : null
                    );
                }
                catch (ArgumentException)
                {
                    continue; // a token of a signature, which names no member
                }
                if (member is Type named)
                {
                    Add(named);
                    continue;
                }
                Add(member?.DeclaringType);
                if (member is MethodBase called)
                {
                    uses.Add(called);
                    if (called.IsGenericMethod)
                        foreach (var argument in called.GetGenericArguments())
                            Add(argument);
                }
            }
        }
    }

    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length; )
        {
            short value = il[at++];
            if (value == 0xfe)
                value = (short)(0xfe00 | il[at++]);
            switch (opCodes[value].OperandType)
            {
                case OperandType.InlineField
                or OperandType.InlineMethod
                or OperandType.InlineTok
                or OperandType.InlineType:
                    yield return BitConverter.ToInt32(il, at);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(il, at));
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineNone:
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }
}
