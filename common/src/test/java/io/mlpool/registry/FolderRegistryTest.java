package io.mlpool.registry;

class FolderRegistryTest extends ModelRegistryContract {

    @Override
    ModelRegistry open() {
        return new FolderRegistry(work.resolve("registry"));
    }
}
