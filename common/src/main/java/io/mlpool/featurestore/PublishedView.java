package io.mlpool.featurestore;

/**
 * A view with its fingerprint.
 *
 * @param hash see {@link TransformationHash}: stored values are of a view with this one only
 */
public record PublishedView(FeatureView view, String hash) {

    static PublishedView of(FeatureView view) {
        return new PublishedView(view, TransformationHash.of(view));
    }

    public ViewDefinition definition() {
        return view.definition();
    }

    public String name() {
        return definition().name();
    }
}
