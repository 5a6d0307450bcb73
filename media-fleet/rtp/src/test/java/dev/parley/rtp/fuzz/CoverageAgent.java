package dev.parley.rtp.fuzz;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Puts the probes of {@link Coverage} into the classes under test, and notes the constants they compare with. The virtual machine attaches to itself, which
 * needs {@code -Djdk.attach.allowAttachSelf=true}; without it, inputs are mutated blindly.
 */
public final class CoverageAgent implements ClassFileTransformer {
    /** Ours, and the one library that reads what strangers send. */
    private static final List<String> UNDER_TEST = List.of("dev/parley/", "org/bouncycastle/tls/");

    private static final ClassDesc COVERAGE = Coverage.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc HIT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    private static volatile boolean running;
    private int probes;

    private CoverageAgent() {}

    /** Starts to instrument, when the virtual machine may attach to itself; answers whether. */
    static synchronized boolean start() {
        if (!running && Boolean.getBoolean("jdk.attach.allowAttachSelf")) {
            try {
                VirtualMachine self = VirtualMachine.attach(
                        Long.toString(ProcessHandle.current().pid()));
                self.loadAgent(agentJar().toString());
                self.detach();
            } catch (Exception e) {
                throw new IllegalStateException("coverage could not be switched on", e);
            }
        }
        return running;
    }

    /** A jar with nothing but the name of this class, which the class path holds. */
    private static Path agentJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", CoverageAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createTempFile("coverage", ".jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        jar.toFile().deleteOnExit();
        return jar;
    }

    /** Called by the virtual machine. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        instrumentation.addTransformer(new CoverageAgent(), true);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isUnderTest(loaded.getName().replace('.', '/')) && instrumentation.isModifiableClass(loaded)) {
                instrumentation.retransformClasses(loaded);
            }
        }
        running = true;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name == null || loader == null || !isUnderTest(name) || ofTests(domain)) {
            return null;
        }
        try {
            ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            return classFile.transformClass(
                    classFile.parse(bytes),
                    ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Probes::new)));
        } catch (RuntimeException e) {
            System.err.println("no coverage of " + name + ": " + e);
            return null;
        }
    }

    private static boolean isUnderTest(String name) {
        return UNDER_TEST.stream().anyMatch(name::startsWith);
    }

    private static boolean ofTests(ProtectionDomain domain) {
        String from = domain == null || domain.getCodeSource() == null
                ? ""
                : domain.getCodeSource().getLocation().getPath();
        return from.contains("test-classes") || from.endsWith("-tests.jar");
    }

    /** Probes for one method: at its start, at every label, and behind every conditional branch. */
    private final class Probes implements CodeTransform {
        @Override
        public void atStart(CodeBuilder builder) {
            probe(builder);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            builder.with(element);
            switch (element) {
                case LabelTarget _ -> probe(builder);
                case BranchInstruction branch
                when branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W -> probe(builder);
                case ConstantInstruction constant -> Words.note(constant.constantValue());
                case LookupSwitchInstruction choice -> choice.cases().forEach(each -> Words.note(each.caseValue()));
                default -> {}
            }
        }

        private void probe(CodeBuilder builder) {
            synchronized (CoverageAgent.this) {
                if (probes < Coverage.capacity()) {
                    builder.loadConstant(probes++).invokestatic(COVERAGE, "hit", HIT);
                }
            }
        }
    }
}
